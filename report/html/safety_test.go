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

// htmlMay are the elements of the page, and their attributes.
var htmlMay = map[string]string{
	"html": "lang", "head": "", "meta": "charset content http-equiv name", "title": "id", "style": "", "body": "", "script": "",
	"a": "class href", "header": "", "nav": "aria-label", "main": "id tabindex", "footer": "", "section": "aria-labelledby class id",
	"h1": "", "h2": "id", "h3": "id", "h4": "", "p": "aria-hidden class", "b": "class", "i": "", "u": "", "small": "", "span": "aria-hidden class", "br": "",
	"code": "", "pre": "class", "mark": "", "del": "", "ins": "", "ul": "class", "li": "", "dl": "class", "div": "aria-label class role tabindex", "dt": "", "dd": "class",
	"details": "class open", "summary": "", "figure": "", "figcaption": "", "form": "aria-label hidden id role",
	"label": "", "input": "autocomplete id placeholder spellcheck type", "select": "id", "option": "value", "button": "type", "output": "aria-live for id role",
	"table": "class id", "caption": "class", "thead": "", "tbody": "", "tr": "class data-k data-s id", "th": "class data-sort scope", "td": "class colspan",
	"svg": "aria-describedby aria-labelledby height role width", "desc": "id", "text": "class dx x y", "rect": "class height width x y",
}

// checkHTMLIsOurs looks at every element, attribute and character of a page.
func checkHTMLIsOurs(t *testing.T, d *htmlDOM) {
	t.Helper()
	for n := range d.root.Descendants() {
		switch n.Type {
		case html.TextNode:
			checkHTMLVisible(t, n.Data)
		case html.CommentNode:
			t.Errorf("a comment: %q", n.Data)
		case html.ElementNode:
			may, known := htmlMay[n.Data]
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
				checkHTMLVisible(t, a.Val)
			}
		}
	}
}

// checkHTMLVisible fails for a character that a browser would hide or act
// upon. Tabs and line breaks are the page's own.
func checkHTMLVisible(t *testing.T, s string) {
	t.Helper()
	for _, r := range s {
		if visible.Hidden(r) && r != '\t' && r != '\n' || r == '\uFFFD' {
			t.Errorf("the character %U stands in %.60q", r, s)
			return
		}
	}
}

func TestHTMLHostileTextStaysText(t *testing.T) {
	for _, run := range []*result.Result{htmlHostileRun(), htmlSampleRun(), newRunMaker().Result, htmlSmallForm(htmlHostileRun())} {
		d := parseHTML(t, htmlOf(t, run))
		checkHTMLIsOurs(t, d)
		if got := htmlTextOf(d.one("script")); got != "" {
			t.Error("the script counts as text")
		}
		if got := d.one("script").FirstChild.Data; got != htmlScript {
			t.Errorf("the script is %.80q", got)
		}
		if got := d.one("style").FirstChild.Data; got != htmlStyle {
			t.Errorf("the style is %.80q", got)
		}
	}
	text := htmlTextOf(parseHTML(t, htmlOf(t, htmlHostileRun())).one("body"))
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

// htmlSmallForm gives a run so many documents that the page takes the small
// form.
func htmlSmallForm(r *result.Result) *result.Result {
	r.Documents = append(r.Documents, result.Document{Text: strings.Repeat(`["x"]`+"\n", htmlWhole/6+1)})
	large := len(r.Documents) - 1
	r.UniqueRoles.A[0].Documents = append(r.UniqueRoles.A[0].Documents, result.PolicyDocuments{PolicyType: "inline", PolicyName: "large", A: &large})
	return r
}

func TestHTMLPolicy(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlHostileRun()))
	digest := func(name string) string {
		sum := sha256.Sum256([]byte(d.one(name).FirstChild.Data))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
		digest("style"), digest("script"))
	for e := range htmlElements(d.one("head")) {
		switch {
		case htmlAttr(e, "http-equiv") == "Content-Security-Policy":
			if got := htmlAttr(e, "content"); got != want {
				t.Errorf("the policy is\n%s\nwant\n%s", got, want)
			}
			return
		case !htmlHas(e, "charset"):
			t.Fatalf("<%s> comes before the policy", e.Data)
		}
	}
	t.Error("there is no policy")
}

func TestHTMLHasNothingFromElsewhere(t *testing.T) {
	page := string(htmlOf(t, htmlSampleRun()))
	for _, asset := range []string{htmlStyle, htmlScript} {
		for _, bad := range []string{"url(", "@import", "@font-face", "http:", "https:", "//cdn", "import(", "fetch(", "XMLHttpRequest", "innerHTML", "eval(", "document.write", "insertAdjacent"} {
			if strings.Contains(asset, bad) {
				t.Errorf("%q stands in an asset", bad)
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

// TestHTMLTextLaw: what stands in the page is what Escape gives, as one text.
func TestHTMLTextLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkHTMLText(t, rapid.OneOf(
			rapid.SampledFrom(hostileTexts), rapid.String(), rapid.StringN(0, 4, 8),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
		).Draw(t, "s"))
	})
	for _, s := range hostileTexts {
		checkHTMLText(t, s)
	}
}

func checkHTMLText(t rapid.TB, s string) {
	t.Helper()
	for _, parent := range []string{"p", "code", "pre", "title"} {
		root, err := html.Parse(strings.NewReader("<" + parent + ">x" + string(htmlText(s)) + "</" + parent + ">"))
		if err != nil {
			t.Fatal(err)
		}
		e := htmlAll(root, parent)[0]
		if e.FirstChild != e.LastChild || e.FirstChild.Data != "x"+visible.Escape(s) {
			t.Errorf("in <%s> %q became %q", parent, s, e.FirstChild.Data)
		}
		if next := e.NextSibling; next != nil {
			t.Errorf("in <%s> %q went on to %q", parent, s, next.Data)
		}
	}
}

func FuzzHTMLText(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < htmlLong {
			checkHTMLText(t, s)
		}
	})
}

func TestHTMLTextIsCut(t *testing.T) {
	for _, row := range []struct{ reason, in, want string }{
		{"as long as may be", strings.Repeat("x", htmlLong), strings.Repeat("x", htmlLong)},
		{"one too long", strings.Repeat("x", htmlLong+1), strings.Repeat("x", htmlLong) + " ... (1 byte more)"},
		{"not inside a character", strings.Repeat("x", htmlLong-1) + "é", strings.Repeat("x", htmlLong-1) + " ... (2 bytes more)"},
		{"not UTF-8 at all", strings.Repeat("\x80", htmlLong+9), strings.Repeat(`\x{80}`, htmlLong-4) + " ... (13 bytes more)"},
	} {
		if got := string(htmlText(row.in)); got != row.want {
			t.Errorf("%s: %.20q...%q", row.reason, got, got[max(0, len(got)-40):])
		}
	}
}
