package html

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"iamctl/internal/visible"
	"iamctl/result"
)

var htmlNoRewrites = newHTMLRewrites(nil)

// shownOps gives the comparison of two documents as text: a line each, with
// its kind.
func shownOps(a, b string, rewrites [2]*htmlRewrites) string {
	x, y := newHTMLDoc(a, rewrites[0]), newHTMLDoc(b, rewrites[1])
	var out strings.Builder
	ops, _ := htmlOps(&x, &y)
	for _, o := range ops {
		out.WriteString(string(o.kind) + " " + strings.ReplaceAll(o.side().text, "\t", " "))
		if o.kind == '~' {
			out.WriteString(" ~ " + strings.TrimSpace(o.b.text))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestHTMLComparesDocuments(t *testing.T) {
	plain := [2]*htmlRewrites{htmlNoRewrites, htmlNoRewrites}
	dev := newHTMLRewrites([]result.Rewrite{
		{Field: "arn", Before: "arn:aws:s3:::dev-a", After: "arn:aws:s3:::env-a"},
		{Field: "condition", Before: `{"StringEquals":{"aws:sourceaccount":["111122223333","555555555555"]}}`, After: `{"StringEquals":{"aws:sourceaccount":["000000000000","555555555555"]}}`},
		{Field: "statement", Before: `{"NotPrincipal":{"AWS":["arn:aws:iam::111122223333:root"]}}`, After: `{"NotPrincipal":{"AWS":["arn:aws:iam::000000000000:root"]}}`},
	})
	qa := newHTMLRewrites([]result.Rewrite{
		{Field: "arn", Before: "arn:aws:s3:::qa-a", After: "arn:aws:s3:::env-a"},
		{Field: "condition", Before: `{"StringEquals":{"aws:sourceaccount":["444455556666"]}}`, After: `{"StringEquals":{"aws:sourceaccount":["000000000000"]}}`},
		{Field: "statement", Before: `{"NotPrincipal":{"AWS":["arn:aws:iam::444455556666:root"]}}`, After: `{"NotPrincipal":{"AWS":["arn:aws:iam::000000000000:root"]}}`},
	})
	both := [2]*htmlRewrites{dev, qa}
	for _, row := range []struct {
		reason   string
		a, b     string
		rewrites [2]*htmlRewrites
		want     string
	}{
		{
			"a scalar is a list of one, and order means nothing", `{"Statement":{"Action":"a:B","Effect":"Allow"}}`,
			`{"Statement":[{"Effect":"Allow","Action":["a:B"]}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n=    \"Action\": [\"a:B\"],\n=    \"Effect\": \"Allow\"\n=   }\n=  ]\n= }\n",
		},
		{
			"a second value shows as what it is", `{"Statement":[{"Action":"a:B"}]}`, `{"Statement":[{"Action":["a:C","a:B"]}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n=    \"Action\": [\n=     \"a:B\"\n+     \"a:C\"\n=    ]\n=   }\n=  ]\n= }\n",
		},
		{
			"another value of a list of one", `{"Statement":[{"Resource":"x"}]}`, `{"Statement":[{"Resource":"y"}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n-    \"Resource\": [\"x\"]\n+    \"Resource\": [\"y\"]\n=   }\n=  ]\n= }\n",
		},
		{
			"statements in another order", `{"Statement":[{"Action":"a:1","Resource":"x"},{"Action":"a:2","Resource":"y"}]}`,
			`{"Statement":[{"Action":"a:2","Resource":"y"},{"Action":"a:1","Resource":"x"}]}`, plain, "same",
		},
		{
			"a statement that changed stands beside the one that is most like it",
			`{"Statement":[{"Action":"a:1","Effect":"Allow","Resource":"x"},{"Action":"b:2","Effect":"Allow","Resource":"y"}]}`,
			`{"Statement":[{"Action":["b:2"],"Effect":"Allow","Resource":"z"},{"Action":"a:1","Effect":"Allow","Resource":"x"}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n=    \"Action\": [\"a:1\"],\n=    \"Effect\": \"Allow\",\n=    \"Resource\": [\"x\"]\n=   },\n" +
				"=   {\n=    \"Action\": [\"b:2\"],\n=    \"Effect\": \"Allow\",\n-    \"Resource\": [\"y\"]\n+    \"Resource\": [\"z\"]\n=   }\n=  ]\n= }\n",
		},
		{
			"letter case of actions and of condition keys means nothing",
			`{"Statement":[{"Action":"S3:GetObject","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}`,
			`{"Statement":[{"Action":"s3:getobject","Condition":{"Bool":{"aws:securetransport":"true"}}}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n~    \"Action\": [\"S3:GetObject\"] ~ \"Action\": [\"s3:getobject\"]\n=    \"Condition\": {\n=     \"Bool\": {\n" +
				"~      \"aws:SecureTransport\": [ ~ \"aws:securetransport\": [\n=       \"true\"\n=      ]\n=     }\n=    }\n=   }\n=  ]\n= }\n",
		},
		{
			"letter case of resources means something", `{"Statement":[{"Resource":"X"}]}`, `{"Statement":[{"Resource":"x"}]}`, plain, "differs",
		},
		{"Sid carries no permission", `{"Statement":[{"Sid":"A","Effect":"Allow"}]}`, `{"Statement":[{"Sid":"B","Effect":"Allow"}]}`, plain, "alike"},
		{"an ARN that is meant to differ", `{"Statement":[{"Resource":"arn:aws:s3:::dev-a"}]}`, `{"Statement":[{"Resource":"arn:aws:s3:::qa-a"}]}`, both, "alike"},
		{"the other account's ARN", `{"Statement":[{"Resource":"arn:aws:s3:::dev-a"}]}`, `{"Statement":[{"Resource":"arn:aws:s3:::dev-a"}]}`, both, "differs"},
		{"an ARN as a principal is not the same rewriting", `{"Statement":[{"Principal":{"AWS":"arn:aws:s3:::dev-a"}}]}`, `{"Statement":[{"Principal":{"AWS":"arn:aws:s3:::qa-a"}}]}`, both, "differs"},
		{
			"a condition value that is meant to differ", `{"Statement":[{"Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}]}`,
			`{"Statement":[{"Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}}]}`, both, "alike",
		},
		{
			"a NotPrincipal that is meant to differ", `{"Statement":[{"NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}}]}`,
			`{"Statement":[{"NotPrincipal":{"AWS":"arn:aws:iam::444455556666:root"}}]}`, both, "alike",
		},
		{"principals * and AWS * are not the same", `{"Statement":[{"Principal":"*"}]}`, `{"Statement":[{"Principal":{"AWS":"*"}}]}`, plain, "differs"},
		{"no JSON stands as it is", "{\n \"a\"\x1b", "{\n", plain, "= {\n-  \"a\"\\u{1B}\n+ \n"},
		{"JSON beside no JSON", `{"Statement":[]}`, "x", plain, "- {\n-  \"Statement\": []\n- }\n+ x\n"},
		{"a name twice is kept twice", `{"a":1,"a":2}`, `{"a":1,"a":2}`, plain, "= {\n=  \"a\": 1,\n=  \"a\": 2\n= }\n"},
		{"numbers stand as written", `{"a":1.50e3,"b":[null,true,false,{}]}`, `{"a":1.50e3,"b":[null,true,false,{}]}`, plain, "same"},
		{"text after the document", `{"a":1} x`, `{"a":1} x`, plain, "= {\"a\":1} x\n"},
		{"half a pair is no JSON that could be written again", `["\ud800"]`, `["\ud800"]`, plain, "= [\"\\ud800\"]\n"},
		{"nested too deep", strings.Repeat("[", 100) + strings.Repeat("]", 100), "[]", plain, "- " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n+ []\n"},
		{"the empty text", "", "{}", plain, "- \n+ {}\n"},
	} {
		got := shownOps(row.a, row.b, row.rewrites)
		back := shownOps(row.b, row.a, [2]*htmlRewrites{row.rewrites[1], row.rewrites[0]})
		differs := func(s string) bool { return strings.Contains("\n"+s, "\n- ") || strings.Contains("\n"+s, "\n+ ") }
		alike := strings.Contains(got, "\n~")
		if differs(got) != differs(back) {
			t.Errorf("%s: one way\n%s\nthe other\n%s", row.reason, got, back)
		}
		switch row.want {
		case "same", "alike", "differs":
			kind := map[bool]string{true: "differs", false: map[bool]string{true: "alike", false: "same"}[alike]}[differs(got)]
			if kind != row.want {
				t.Errorf("%s: %s, want %s:\n%s", row.reason, kind, row.want, got)
			}
		default:
			if d := cmp.Diff(strings.ReplaceAll(row.want, ",\n", "\n"), strings.ReplaceAll(got, ",\n", "\n")); d != "" {
				t.Errorf("%s (-want +got):\n%s", row.reason, d)
			}
		}
	}
}

// checkHTMLComparison holds the comparison of any two texts to its laws.
func checkHTMLComparison(t rapid.TB, a, b string) {
	t.Helper()
	x, y := newHTMLDoc(a, htmlNoRewrites), newHTMLDoc(b, htmlNoRewrites)
	ops := compareHTMLDocs(&x, &y)
	// Replaying one side gives its lines; statements of b in another order.
	var sides [2][]string
	for _, o := range ops {
		for side, l := range []*htmlDocLine{o.a, o.b} {
			if (l != nil) != (o.kind == '=' || o.kind == '~' || o.kind == '-' && side == 0 || o.kind == '+' && side == 1) {
				t.Fatalf("a line of kind %c", o.kind)
			}
			if l != nil {
				sides[side] = append(sides[side], l.text)
			}
		}
	}
	one, other := htmlDocTexts(&x), htmlDocTexts(&y)
	slices.Sort(other)
	slices.Sort(sides[1])
	if !slices.Equal(one, sides[0]) || !slices.Equal(other, sides[1]) {
		t.Fatalf("lines got lost between %q and %q", a, b)
	}
	// Putting lists on one line loses nothing either.
	squeeze := strings.NewReplacer(" ", "", "\t", "", ",", "")
	var before, after strings.Builder
	for side, out := range []*strings.Builder{&before, &after} {
		list := ops
		if side == 1 {
			list = tightenHTML(ops)
		}
		for _, o := range list {
			if o.a != nil {
				out.WriteString(squeeze.Replace(o.a.text))
			}
		}
		for _, o := range list {
			if o.b != nil {
				out.WriteString(squeeze.Replace(o.b.text))
			}
		}
	}
	if before.String() != after.String() {
		t.Fatalf("%s\nbecame\n%s", before.String(), after.String())
	}
	self := newHTMLDoc(a, htmlNoRewrites)
	if v := twoHTMLDocs(&x, &self, [2]string{"a", "b"}, true); !v.same {
		t.Fatalf("%q is not the same as itself", a)
	}
	for _, small := range []bool{true, false} {
		x, y := newHTMLDoc(a, htmlNoRewrites), newHTMLDoc(b, htmlNoRewrites)
		checkHTMLBody(t, string(twoHTMLDocs(&x, &y, [2]string{"<a>", "b"}, small).body))
	}
}

func htmlDocTexts(d *htmlDoc) []string {
	var out []string
	add := func(lines []htmlDocLine) {
		for _, l := range lines {
			out = append(out, l.text)
		}
	}
	add(d.before)
	for _, s := range d.statements {
		add(s.lines)
	}
	add(d.after)
	return out
}

// checkHTMLBody looks at the elements and characters of a comparison.
func checkHTMLBody(t rapid.TB, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	may := strings.Fields("html head body table tbody tr th td pre details summary mark del ins u")
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && !slices.Contains(may, n.Data) || n.Type == html.CommentNode {
			t.Fatalf("<%s> in %q", n.Data, body)
		}
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if visible.Hidden(r) && r != '\t' && r != '\n' {
					t.Fatalf("%U in %q", r, body)
				}
			}
		}
	}
}

func TestHTMLComparisonLaw(t *testing.T) {
	value := func(t *rapid.T) any {
		return rapid.OneOf(
			rapid.Map(rapid.SampledFrom([]string{"x", "y", "s3:*", "arn:aws:s3:::b", "</pre>", "\u202e"}), func(s string) any { return s }),
			rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z", "<mark>", "&amp;"}), 0, 4), func(s []string) any { return s }),
			rapid.Just(any(map[string]any{"Bool": map[string]any{"k": "true"}})), rapid.Just(any(1)),
		).Draw(t, "value")
	}
	policy := func(t *rapid.T, label string) string {
		var statements []any
		for range rapid.IntRange(0, 4).Draw(t, label) {
			s := map[string]any{}
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Action", "Resource", "Effect", "Sid", "Condition", "Principal"}), 0, 5, rapid.ID).Draw(t, "names") {
				s[name] = value(t)
			}
			statements = append(statements, s)
		}
		text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	rapid.Check(t, func(t *rapid.T) { checkHTMLComparison(t, policy(t, "a"), policy(t, "b")) })
}

func FuzzHTMLDocument(f *testing.F) {
	f.Add(ordersDev, ordersQA)
	f.Add(trustCIDev, "no JSON\n\n")
	f.Add(`{"Statement":[[["a"]],{"a":{"b":{}}},"x"]}`, `{"Statement":{"a":[]}}`)
	f.Add("[\n[", `["[",["a","b"],{"c":"{"}]`)
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) < 1<<12 {
			checkHTMLComparison(t, a, b)
		}
	})
}

// TestHTMLNodeReadsAsJSONDoes holds the reader of documents to encoding/json.
func TestHTMLNodeReadsAsJSONDoes(t *testing.T) {
	for _, text := range []string{ordersDev, ordersQA, trustCIDev, boundaryDev, `[1,2.5,-3e9,"a\"b\\c\u00e9",null,true,[],{}]`, `"x"`, ` {"a" : [ ] } `} {
		n, ok := readHTMLNode(text)
		if !ok {
			t.Errorf("%s is not read", text)
			continue
		}
		p := &htmlPrinter{rewrites: htmlNoRewrites}
		p.value(&n, htmlPlace{})
		var b strings.Builder
		for _, l := range p.lines {
			b.WriteString(l.text)
			if l.comma {
				b.WriteByte(',')
			}
		}
		var got, want any
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
			t.Errorf("%s became %s: %v", text, b.String(), err)
		}
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s became %s", text, b.String())
		}
	}
	for _, text := range []string{"", "{", `{"a"}`, `{"a":1,}`, `[1 2]`, "nul", "\"\xff\"", `{"a":"\udc00"}`, "]", `{1:2}`} {
		if _, ok := readHTMLNode(text); ok {
			t.Errorf("%q is read as JSON", text)
		}
	}
}

func TestHTMLRewritesThatAreDoubtful(t *testing.T) {
	r := newHTMLRewrites([]result.Rewrite{
		{Field: "arn", Before: "x", After: "one"},
		{Field: "arn", Before: "x", After: "other"},
		{Field: "arn", Before: "y", After: "z"},
		{Field: "condition", Before: `{"A":{"k":["a","b"]}}`, After: `{"A":{"k":["c","d"]}}`},
		{Field: "condition", Before: "no JSON", After: "neither"},
		{Field: "rolename", Before: "r", After: "s"},
	})
	for _, row := range []struct {
		reason     string
		field      htmlField
		text, want string
	}{
		{"two ways of rewriting", htmlARN, "x", "x"},
		{"one way", htmlARN, "y", "z"},
		{"two values of a list changed: nobody knows which became which", htmlCondition, "a", "a"},
		{"a role's name is in no document", htmlARN, "r", "r"},
		{"an action is compared without its letter case", htmlAction, "S3:Get", "s3:get"},
		{"other text stands as it is", htmlOther, "y", "y"},
	} {
		if got := r.same(row.field, row.text); got != row.want {
			t.Errorf("%s: %q, want %q", row.reason, got, row.want)
		}
	}
}
