package html

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"iamctl/result"
)

// rendered page, parsed.
type htmlDOM struct {
	t    testing.TB
	root *html.Node
	text string // as written
}

func htmlOf(t testing.TB, r *result.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parseHTML(t testing.TB, page []byte) *htmlDOM {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return &htmlDOM{t, root, string(page)}
}

// htmlElements are all elements below n.
func htmlElements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && !yield(d) {
				return
			}
		}
	}
}

// htmlAll are the elements of a name below n.
func htmlAll(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for e := range htmlElements(n) {
		if e.Data == name {
			out = append(out, e)
		}
	}
	return out
}

// one is the only element of a name.
func (d *htmlDOM) one(name string) *html.Node {
	d.t.Helper()
	list := htmlAll(d.root, name)
	if len(list) != 1 {
		d.t.Fatalf("%d elements <%s>, want 1", len(list), name)
	}
	return list[0]
}

func (d *htmlDOM) id(id string) *html.Node {
	d.t.Helper()
	for e := range htmlElements(d.root) {
		if htmlAttr(e, "id") == id {
			return e
		}
	}
	d.t.Fatalf("no element has the id %q", id)
	return nil
}

func htmlAttr(e *html.Node, name string) string {
	for _, a := range e.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func htmlHas(e *html.Node, name string) bool {
	return slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// htmlTextOf is the text below n, but for scripts and styles, with blanks as one.
func htmlTextOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// section is the text of a role's section.
func (d *htmlDOM) section(role string) *html.Node {
	d.t.Helper()
	for _, s := range htmlAll(d.id("details"), "section") {
		if h := htmlAll(s, "h3"); len(h) == 1 && strings.HasPrefix(htmlTextOf(h[0]), role) {
			return s
		}
	}
	d.t.Fatalf("no section for role %q", role)
	return nil
}

func htmlWant(t *testing.T, n *html.Node, parts ...string) {
	t.Helper()
	text := htmlTextOf(n)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in %.2000q", p, text)
		}
	}
}
