package html

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"iamctl/internal/visible"
	"iamctl/result"
)

// mayHave are the elements of the page, and their attributes.
var mayHave = map[string]string{
	"html": "lang", "head": "", "meta": "charset content http-equiv name", "title": "id", "style": "", "body": "", "script": "",
	"a": "class href", "header": "", "nav": "aria-label", "main": "id tabindex", "footer": "", "section": "aria-labelledby class data-k data-l data-s data-v id",
	"h1": "", "h2": "id", "h3": "id", "h4": "", "p": "aria-hidden class", "b": "class", "i": "", "u": "", "small": "", "span": "aria-hidden class", "br": "",
	"code": "class", "ol": "class", "pre": "class", "mark": "", "del": "", "ins": "", "ul": "class", "li": "", "dl": "class", "div": "aria-label class role tabindex", "dt": "", "dd": "class",
	"details": "class id open", "summary": "", "figure": "", "figcaption": "", "form": "aria-label hidden id role",
	"label": "", "input": "autocomplete id placeholder spellcheck type", "select": "id", "option": "value", "button": "type", "output": "aria-live for id role",
	"table": "class id", "caption": "class", "thead": "", "tbody": "", "tr": "class data-k data-l data-s data-v id", "th": "class data-sort scope", "td": "class colspan",
	"svg": "aria-describedby aria-labelledby height role width", "desc": "id", "text": "class dx x y", "rect": "class height width x y",
}

// checkElements looks at every element, attribute and character of a page.
func checkElements(t *testing.T, d *dom) {
	t.Helper()
	for n := range d.root.Descendants() {
		switch n.Type {
		case html.TextNode:
			checkVisible(t, n.Data)
		case html.CommentNode:
			t.Errorf("a comment: %q", n.Data)
		case html.ElementNode:
			may, known := mayHave[n.Data]
			if !known {
				t.Errorf("an element <%s>", n.Data)
			}
			for _, a := range n.Attr {
				if !slices.Contains(strings.Fields(may), a.Key) {
					t.Errorf("an attribute %s of <%s>", a.Key, n.Data)
				}
				if strings.Contains(a.Val, "hacked") || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
				checkVisible(t, a.Val)
			}
		}
	}
}

// checkVisible fails for a character that a browser would hide or act
// upon. Tabs and line breaks are the page's own.
func checkVisible(t *testing.T, s string) {
	t.Helper()
	for _, r := range s {
		if visible.Hidden(r) && r != '\t' && r != '\n' || r == '\uFFFD' {
			t.Errorf("the character %U is in %.60q", r, s)
			return
		}
	}
}

func TestPageHostileTextStaysText(t *testing.T) {
	for _, run := range []*result.Result{hostileResult(), hostileMeaning(), sampleResult(), newMaker().Result, manyDocuments(hostileResult())} {
		d := parse(t, pageOf(t, run))
		checkElements(t, d)
		if got := textOf(d.one("script")); got != "" {
			t.Error("the script counts as text")
		}
		if got := d.one("script").FirstChild.Data; got != script {
			t.Errorf("the script is %.80q", got)
		}
		if got := d.one("style").FirstChild.Data; got != style {
			t.Errorf("the style is %.80q", got)
		}
	}
	text := textOf(hostilePage(t).one("body"))
	for _, s := range hostileTexts {
		if want := visible.Escape(s); !strings.Contains(text, want) {
			t.Errorf("the text %q is not there", want)
		}
	}
	for _, want := range []string{`\u{202E}gnp.exe\u{2066}`, `\u{1B}[2J\u{0}\u{7}`, `\x{FF}\x{FE}`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not made visible", want)
		}
	}
	// In a document of JSON, characters that hide are escaped as JSON does.
	if want := `"\u202e\u0000\u001b"`; !strings.Contains(text, want) {
		t.Errorf("%s is not in the document", want)
	}
}

// manyDocuments adds so many documents that the page takes the small form.
func manyDocuments(r *result.Result) *result.Result {
	r.Documents = append(r.Documents, result.Document{Text: strings.Repeat(`["x"]`+"\n", maxWhole/6+1)})
	large := len(r.Documents) - 1
	r.UniqueRoles.A[0].Documents = append(r.UniqueRoles.A[0].Documents, result.PolicyDocuments{PolicyType: "inline", PolicyName: "large", A: &large})
	return r
}

func TestPagePolicy(t *testing.T) {
	d := hostilePage(t)
	digest := func(name string) string {
		sum := sha256.Sum256([]byte(d.one(name).FirstChild.Data))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
		digest("style"), digest("script"))
	for e := range elements(d.one("head")) {
		switch {
		case attr(e, "http-equiv") == "Content-Security-Policy":
			if got := attr(e, "content"); got != want {
				t.Errorf("the policy is\n%s\nwant\n%s", got, want)
			}
			return
		case !has(e, "charset"):
			t.Fatalf("<%s> comes before the policy", e.Data)
		}
	}
	t.Error("there is no policy")
}

func TestPageHasNothingFromElsewhere(t *testing.T) {
	page := string(pageOf(t, sampleResult()))
	for _, asset := range []string{style, script} {
		for _, bad := range []string{"url(", "@import", "@font-face", "http:", "https:", "//cdn", "import(", "fetch(", "XMLHttpRequest", "innerHTML", "eval(", "document.write", "insertAdjacent"} {
			if strings.Contains(asset, bad) {
				t.Errorf("%q is in an asset", bad)
			}
		}
	}
	if m := regexp.MustCompile(`(?i)<[^>]*\s(src|srcset|action|formaction|poster|background|xlink:href|ping|style|on\w+)=`).FindString(page); m != "" {
		t.Errorf("the page has %q", m)
	}
	if m := regexp.MustCompile(`<(link|img|iframe|object|embed|base|video|audio|source|use|image)\b`).FindString(page); m != "" {
		t.Errorf("the page has %q", m)
	}
}

// TestPageTextLaw: what is in the page is what visible.Escape returns, as one
// text.
func TestPageTextLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkText(t, rapid.OneOf(
			rapid.SampledFrom(hostileTexts), rapid.String(), rapid.StringN(0, 4, 8),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
		).Draw(t, "s"))
	})
	for _, s := range hostileTexts {
		checkText(t, s)
	}
}

func checkText(t rapid.TB, s string) {
	t.Helper()
	for _, parent := range []string{"p", "code", "pre", "title"} {
		root, err := html.Parse(strings.NewReader("<" + parent + ">x" + string(escapeText(s)) + "</" + parent + ">"))
		if err != nil {
			t.Fatal(err)
		}
		e := all(root, parent)[0]
		if e.FirstChild != e.LastChild || e.FirstChild.Data != "x"+visible.Escape(s) {
			t.Errorf("in <%s> %q became %q", parent, s, e.FirstChild.Data)
		}
		if next := e.NextSibling; next != nil {
			t.Errorf("in <%s> %q went on to %q", parent, s, next.Data)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < maxText {
			checkText(t, s)
		}
	})
}

func TestPageTextIsCut(t *testing.T) {
	for _, row := range []struct{ reason, in, want string }{
		{"as long as may be", strings.Repeat("x", maxText), strings.Repeat("x", maxText)},
		{"one too long", strings.Repeat("x", maxText+1), strings.Repeat("x", maxText) + " ... (1 byte more)"},
		{"not inside a character", strings.Repeat("x", maxText-1) + "é", strings.Repeat("x", maxText-1) + " ... (2 bytes more)"},
		{"not UTF-8 at all", strings.Repeat("\x80", maxText+9), strings.Repeat(`\x{80}`, maxText-4) + " ... (13 bytes more)"},
	} {
		if got := string(escapeText(row.in)); got != row.want {
			t.Errorf("%s: %.20q...%q", row.reason, got, got[max(0, len(got)-40):])
		}
	}
}
