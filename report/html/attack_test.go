package html

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iamctl/result"
)

// testHostile: nothing of a hostile run is run, asked for or hidden.
func testHostile(t *testing.T, b context.Context) {
	for _, run := range []*result.Result{hostileResult(), hostileMeaning(), manyDocuments(hostileResult())} {
		o := openPage(t, b, run)
		tabEval[bool](o, `(() => { for (const d of document.querySelectorAll("details")) d.open = true;
			for (const e of document.querySelectorAll("*")) for (const type of ["mouseover", "click", "load", "error", "focus"])
				if (!e.closest("a, form, thead")) e.dispatchEvent(new Event(type));
			return true })()`)
		o.choose("<img", "", "")
		if got := tabEval[[]string](o, shownRows); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "<img src=x") }) {
			t.Errorf("the hostile role is not found: %q", got)
		}
		if hacked := tabEval[string](o, `String(window.hacked)`); hacked != "undefined" {
			t.Errorf("hostile text number %s was run", hacked)
		}
		if n := tabEval[int](o, `document.querySelectorAll("script").length + document.images.length + document.querySelectorAll("iframe, object, embed, link, svg svg").length`); n != 1 {
			t.Errorf("%d elements that load or run, want the page's script", n)
		}
		o.quiet()
	}
}

// testSeesAttacks holds the tests themselves to account: an attack that
// worked would be seen, and the policy stops one that got past the escaping.
func testSeesAttacks(t *testing.T, b context.Context) {
	good := string(pageOf(t, sampleResult()))
	attack := `<img src="x.png" onerror="window.hacked=1"><script>window.hacked=2</script><p style="color:red">x`
	for _, row := range []struct {
		reason, page, hacked string
		refused              bool
	}{
		{"without the policy the attack works", strings.Replace(good, `http-equiv="Content-Security-Policy"`, `name="none"`, 1), "2", false},
		{"the policy stops it", good, "undefined", true},
	} {
		file := filepath.Join(t.TempDir(), "attack.html")
		if err := os.WriteFile(file, []byte(strings.Replace(row.page, "<main", attack+"<main", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		o := openFile(t, b, file)
		tabEval[bool](o, `new Promise(done => setTimeout(() => done(true), 200))`)
		if hacked := tabEval[string](o, `String(window.hacked)`); hacked != row.hacked && !(row.hacked == "2" && hacked == "1") {
			t.Errorf("%s: hacked is %s", row.reason, hacked)
		}
		o.mu.Lock()
		refused := slices.ContainsFunc(o.trouble, func(s string) bool {
			return strings.Contains(s, "Content Security Policy") || strings.HasPrefix(s, "policy:")
		})
		if refused != row.refused || len(o.trouble) == 0 {
			t.Errorf("%s: trouble is %q", row.reason, o.trouble)
		}
		o.mu.Unlock()
	}
}
