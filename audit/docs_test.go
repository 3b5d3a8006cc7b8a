package audit_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"iamctl/audit"
)

// docs/audit.md has each rule, with an example as the text prints it.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range audit.Rules() {
		if heading := regexp.MustCompile(`(?m)^###.*\b` + r.ID + `\b|^\| ` + r.ID + ` \|`); !heading.Match(data) {
			t.Errorf("%s has no section and no row", r.ID)
		}
		if example := regexp.MustCompile(`(?m)^    (critical|high|medium|low) +` + r.ID + `  `); !example.Match(data) {
			t.Errorf("%s has no example", r.ID)
		}
	}
	if n := strings.Count(string(data), "not see") + strings.Count(string(data), "not know"); n < 8 {
		t.Errorf("what the rules cannot see is said %d times", n)
	}
}
