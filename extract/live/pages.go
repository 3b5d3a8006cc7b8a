package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// pageSize is the most that IAM returns in one page.
const pageSize = 1000

// cursor is what a page says about the pages after it.
type cursor struct {
	truncated bool
	marker    *string
}

// pages calls get for every page of a list. Only IsTruncated reports whether
// there is another: pages may be short, and empty.
func (s *session) pages(ctx context.Context, call string, get func(marker *string) (cursor, error)) error {
	var marker *string
	seen := map[string]bool{}
	for page := 1; ; page++ {
		n, err := get(marker)
		if err != nil {
			return s.fail(ctx, call, page, err)
		}
		if !n.truncated {
			return nil
		}
		if m := aws.ToString(n.marker); m == "" || seen[m] {
			return &Error{
				Profile: s.profileName(), Call: call, Page: page,
				Reason: "AWS says that there is more, but not where it begins", Next: "run again",
			}
		}
		seen[*n.marker] = true
		marker = n.marker
	}
}
