package deputy

import (
	"os"
	"strings"
	"testing"
)

// The documentation lists the services, and no others.
func TestGuides(t *testing.T) {
	text, err := os.ReadFile("../../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "### TRUST-DEPUTY")
	section, _, _ = strings.Cut(section, "\n### ")
	for service := range guides {
		if name := strings.TrimSuffix(service, ".amazonaws.com"); !strings.Contains(section, "| `"+name+"` | ") {
			t.Errorf("docs/audit.md says nothing of %s", name)
		}
	}
	if n := strings.Count(section, "\n| `"); n != len(guides) {
		t.Errorf("docs/audit.md has %d services, want %d", n, len(guides))
	}
	for _, service := range []string{"ec2.amazonaws.com", "lambda.amazonaws.com"} {
		if guides[service] != "" {
			t.Errorf("%s is a service whose guide shows no such condition", service)
		}
	}
}
