package html

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"iamctl/result"
)

// dom is a page as a browser reads it.
type dom struct {
	t    testing.TB
	root *html.Node
	text string // as written
}

func pageOf(t testing.TB, r *result.Result) []byte {
	t.Helper()
	p := makePage(r)
	if p.err != nil {
		t.Fatal(p.err)
	}
	return p.page
}

func parse(t testing.TB, page []byte) *dom {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return &dom{t, root, string(page)}
}

// The pages that most tests look at are made once. The tests only read them.
var (
	samplePages  = sync.OnceValue(func() pageBytes { return makePage(sampleResult()) })
	hostilePages = sync.OnceValue(func() pageBytes { return makePage(hostileResult()) })
)

type pageBytes struct {
	page []byte
	err  error
}

func makePage(r *result.Result) pageBytes {
	var b bytes.Buffer
	err := Write(&b, r)
	return pageBytes{b.Bytes(), err}
}

func samplePage(t testing.TB) *dom  { return sharedPage(t, samplePages()) }
func hostilePage(t testing.TB) *dom { return sharedPage(t, hostilePages()) }

func sharedPage(t testing.TB, p pageBytes) *dom {
	t.Helper()
	if p.err != nil {
		t.Fatal(p.err)
	}
	return parse(t, p.page)
}

// elements are all elements below n.
func elements(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && !yield(d) {
				return
			}
		}
	}
}

// all are the elements of a name below n.
func all(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for e := range elements(n) {
		if e.Data == name {
			out = append(out, e)
		}
	}
	return out
}

// one is the only element of a name.
func (d *dom) one(name string) *html.Node {
	d.t.Helper()
	list := all(d.root, name)
	if len(list) != 1 {
		d.t.Fatalf("%d elements <%s>, want 1", len(list), name)
	}
	return list[0]
}

func (d *dom) id(id string) *html.Node {
	d.t.Helper()
	for e := range elements(d.root) {
		if attr(e, "id") == id {
			return e
		}
	}
	d.t.Fatalf("no element has the id %q", id)
	return nil
}

func attr(e *html.Node, name string) string {
	for _, a := range e.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(e *html.Node, name string) bool {
	return slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// textOf is the text below n, but for scripts and styles, with blanks as one.
func textOf(n *html.Node) string {
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
func (d *dom) section(role string) *html.Node {
	d.t.Helper()
	for _, s := range all(d.id("details"), "section") {
		if h := all(s, "h3"); len(h) == 1 && strings.HasPrefix(textOf(h[0]), role) {
			return s
		}
	}
	d.t.Fatalf("no section for role %q", role)
	return nil
}

func wantText(t *testing.T, n *html.Node, parts ...string) {
	t.Helper()
	text := textOf(n)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in %.2000q", p, text)
		}
	}
}
