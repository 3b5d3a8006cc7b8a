package equivalency_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"iamctl/equivalency"
)

// TestDocumented: the dictionaries that the documents show are ones.
func TestDocumented(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```")
	s := compileSchema(t)
	n := 0
	for _, file := range []string{"../docs/dictionary.md", "../docs/guides/organization.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(b[1], "equivalencies") && !strings.Contains(b[1], "accountname") {
				continue
			}
			n++
			if _, err := equivalency.Parse(file, []byte(b[1])); err != nil {
				t.Errorf("%s: %v", b[1], err)
			}
			if got, ok := valid(s, []byte(b[1])); !ok || !got {
				t.Errorf("%s: the schema refuses it:\n%s", file, b[1])
			}
		}
	}
	if n != 4 {
		t.Errorf("%d dictionaries are shown", n)
	}
}
