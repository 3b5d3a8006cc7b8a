package connect

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

const hidden = "[hidden]"

// secrets knows every credential that is in use, and takes them out of
// messages. AWS repeats the signed headers, session token included, when a
// signature is wrong.
type secrets struct {
	mu     sync.Mutex
	values map[string]bool
}

func newSecrets() *secrets { return &secrets{values: map[string]bool{}} }

func (s *secrets) add(c aws.Credentials) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range []string{c.AccessKeyID, c.SecretAccessKey, c.SessionToken} {
		// Shorter ones are not credentials of AWS, and hiding each "a" of a
		// message would hide the message.
		if len(v) >= 8 {
			s.values[v] = true
		}
	}
}

// addShared adds the keys of a profile and of those that it builds on.
func (s *secrets) addShared(c *config.SharedConfig) {
	for ; c != nil; c = c.Source {
		s.add(c.Credentials)
	}
}

// credentialLike are credentials by their looks: access key ids, and the
// headers that carry tokens and signatures.
var credentialLike = regexp.MustCompile(`\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|(?i:x-amz-security-token|authorization|signature)\s*[:=]\s*[^\s,;&"']+`)

// hide replaces whatever is a credential.
func (s *secrets) hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	// The longest first, because one may be part of another.
	values := slices.SortedFunc(maps.Keys(s.values), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	for _, v := range values {
		text = strings.ReplaceAll(text, v, hidden)
	}
	return credentialLike.ReplaceAllString(text, hidden)
}

// watched adds every credential that it hands out to secrets.
type watched struct {
	aws.CredentialsProvider
	secrets *secrets
}

func (w watched) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c, err := w.CredentialsProvider.Retrieve(ctx)
	if err == nil {
		w.secrets.add(c)
	}
	return c, err
}
