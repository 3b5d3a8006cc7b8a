package connect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Cursor is what a page says about the pages after it.
type Cursor struct {
	count     int
	truncated bool
	marker    *string
}

// Page returns the cursor of a page with a number of entities; truncated reports whether
// another follows, which begins at the marker.
func Page(entities int, truncated bool, marker *string) Cursor {
	return Cursor{entities, truncated, marker}
}

// Pages calls get for every page of a list. Only IsTruncated reports whether
// there is another: pages may be short, and empty.
func (s *Session) Pages(ctx context.Context, call string, get func(marker *string) (Cursor, error)) error {
	var marker *string
	seen := map[string]bool{}
	limits, all, empty := s.o.Limits, 0, 0
	for page := 1; ; page++ {
		n, err := get(marker)
		if err != nil {
			return s.Fail(ctx, call, page, err)
		}
		if !n.truncated {
			return nil
		}
		if all, empty = all+n.count, empty+1; n.count > 0 {
			empty = 0
		}
		switch {
		case page >= limits.Pages:
			err = overLimit("there are more than %d pages", limits.Pages)
		case empty >= limits.Empty:
			err = overLimit("%d pages in a row are empty, and AWS says that there is more", empty)
		case all > limits.Entities:
			err = overLimit("there are more than %d entities", limits.Entities)
		}
		if err != nil {
			return s.Fail(ctx, call, page, err)
		}
		if m := aws.ToString(n.marker); m == "" || seen[m] {
			return &Error{
				Profile: s.ProfileName(), Call: call, Page: page,
				Reason: "AWS says that there is more, but not where it begins", Next: "run again",
			}
		}
		seen[*n.marker] = true
		marker = n.marker
	}
}
