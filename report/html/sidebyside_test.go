package html

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"iamctl/internal/visible"
	"iamctl/report/documents"
)

// checkMarkup looks at the elements and the characters of a comparison.
func checkMarkup(t rapid.TB, markup string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	may := strings.Fields("html head body table tbody tr th td pre details summary mark del ins u")
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && !slices.Contains(may, n.Data) || n.Type == html.CommentNode {
			t.Fatalf("<%s> in %q", n.Data, markup)
		}
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if visible.Hidden(r) && r != '\t' && r != '\n' {
					t.Fatalf("%U in %q", r, markup)
				}
			}
		}
	}
	return root
}

// squeeze leaves out blanks, and the commas in which equal lines may differ.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, ",", " ")), " ")
}

// documentOf is one of several texts, most of them of policies.
func documentOf(t *rapid.T, label string) string {
	value := rapid.SampledFrom([]string{`"x"`, `"y"`, `"</pre>"`, `["x","y","<mark>"]`, `["&amp;","z"]`, `{"Bool":{"k":"true"}}`, "\"\u202e\"", "1"})
	var statements []string
	for range rapid.IntRange(0, 6).Draw(t, label) {
		statements = append(statements, `{"Action":`+value.Draw(t, "action")+`,"Resource":`+value.Draw(t, "resource")+`}`)
	}
	text := `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	return rapid.SampledFrom([]string{text, text, text, "no JSON\n</pre>\x1b", ""}).Draw(t, "form")
}

// TestSideBySideLaw: the markup of any two documents is made of known elements
// and shows every line, in two columns or in the small form.
func TestSideBySideLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := documents.Parse(documentOf(t, "a"), nil), documents.Parse(documentOf(t, "b"), nil)
		c := documents.Compare(a, b)
		for _, small := range []bool{false, true} {
			markup := twoDocuments(&c, [2]string{"<a>", "b"}, small)
			if small && !c.Differ() {
				if markup != "" {
					t.Fatalf("documents in which nothing differs are shown: %q", markup)
				}
				continue
			}
			root := checkMarkup(t, markup)
			text := squeeze(textOf(root))
			for _, l := range c.Lines {
				if !strings.Contains(text, squeeze(l.A)) || !strings.Contains(text, squeeze(l.B)) {
					t.Fatalf("the line %q is not in %q", l, text)
				}
			}
		}
		root := checkMarkup(t, oneDocument(documents.Compare(a, nil).Lines))
		for _, l := range documents.Compare(a, nil).Lines {
			if text := squeeze(textOf(root)); !strings.Contains(text, squeeze(l.A)) {
				t.Fatalf("the line %q is not in %q", l, text)
			}
		}
	})
}

// TestFold: equal lines are folded away where that leaves enough of them.
func TestFold(t *testing.T) {
	differs := documents.Line{Kind: documents.OnlyA, A: "x"}
	for _, row := range []struct {
		reason string
		equal  int
		want   string
	}{
		{"too few to fold", 9, ""},
		{"three stay on each side", 10, "4 equal lines"},
		{"all others are folded", 20, "14 equal lines"},
	} {
		lines := []documents.Line{differs}
		for range row.equal {
			lines = append(lines, documents.Line{Kind: documents.Equal, A: "y", B: "y"})
		}
		c := documents.Comparison{Lines: append(lines, differs), Counts: documents.Counts{OnlyA: 2}}
		_, after, _ := strings.Cut(twoDocuments(&c, [2]string{"a", "b"}, false), "<summary>")
		if got, _, _ := strings.Cut(after, "</summary>"); got != row.want {
			t.Errorf("%s: of %d lines %q is said, want %q", row.reason, row.equal, got, row.want)
		}
	}
}
