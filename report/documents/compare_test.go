package documents

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

const (
	queuePolicy   = `{"Version":"2012-10-17","Statement":[{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage"],"Resource":"arn:aws:sqs:eu-west-1:111122223333:orders-dev"},{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
	archivePolicy = `{"Version":"2012-10-17","Statement":[{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject","s3:DeleteObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage"],"Resource":"arn:aws:sqs:eu-west-1:444455556666:orders-qa"},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:securetransport":"false"}}}]}`
	trustPolicy   = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/example.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"example.com:aud":"sts.amazonaws.com"}}}}`
)

// plain is that nothing was rewritten.
var plain [2]*Rewrites

// compared returns the comparison of two documents as text: a line each, with
// its kind.
func compared(a, b string, rewrites [2]*Rewrites) string {
	var out strings.Builder
	for _, l := range Compare(Parse(a, rewrites[0]), Parse(b, rewrites[1])).Lines {
		out.WriteString(string(l.Kind) + " " + strings.ReplaceAll(strings.TrimSuffix(l.Text(), ","), "\t", " "))
		if l.Kind == Alike {
			out.WriteString(" ~ " + strings.TrimSuffix(strings.TrimSpace(l.B), ","))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestCompare(t *testing.T) {
	dev := NewRewrites([]result.Rewrite{
		{Field: "arn", Before: "arn:aws:s3:::dev-a", After: "arn:aws:s3:::env-a"},
		{Field: "condition", Before: `{"StringEquals":{"aws:sourceaccount":["111122223333","555555555555"]}}`, After: `{"StringEquals":{"aws:sourceaccount":["000000000000","555555555555"]}}`},
		{Field: "statement", Before: `{"NotPrincipal":{"AWS":["arn:aws:iam::111122223333:root"]}}`, After: `{"NotPrincipal":{"AWS":["arn:aws:iam::000000000000:root"]}}`},
	})
	qa := NewRewrites([]result.Rewrite{
		{Field: "arn", Before: "arn:aws:s3:::qa-a", After: "arn:aws:s3:::env-a"},
		{Field: "condition", Before: `{"StringEquals":{"aws:sourceaccount":["444455556666"]}}`, After: `{"StringEquals":{"aws:sourceaccount":["000000000000"]}}`},
		{Field: "statement", Before: `{"NotPrincipal":{"AWS":["arn:aws:iam::444455556666:root"]}}`, After: `{"NotPrincipal":{"AWS":["arn:aws:iam::000000000000:root"]}}`},
	})
	both := [2]*Rewrites{dev, qa}
	longLists := `{"a":["` + strings.Repeat("x", 40) + `","` + strings.Repeat("y", 40) + `"],"b":{"c":1,"d":2},"e":{"f":1}}`
	for _, row := range []struct {
		reason   string
		a, b     string
		rewrites [2]*Rewrites
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
			"a statement that changed is beside the one that is most like it",
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
			"condition keys that the dictionary rewrote", `{"Statement":[{"Condition":{"StringEquals":{"oidc.example/Dev:aud":"x","oidc.example/Dev:sub":"dev"}}}]}`,
			`{"Statement":[{"Condition":{"StringEquals":{"oidc.example/QA:aud":"x","oidc.example/QA:sub":"qa"}}}]}`,
			[2]*Rewrites{
				NewRewrites([]result.Rewrite{{
					Field:  "condition",
					Before: `{"StringEquals":{"oidc.example/dev:aud":["x"],"oidc.example/dev:sub":["dev"]}}`,
					After:  `{"StringEquals":{"oidc.example/ENV:aud":["x"],"oidc.example/ENV:sub":["env"]}}`,
				}}),
				NewRewrites([]result.Rewrite{{
					Field:  "condition",
					Before: `{"StringEquals":{"oidc.example/qa:aud":["x"],"oidc.example/qa:sub":["qa"]}}`,
					After:  `{"StringEquals":{"oidc.example/ENV:aud":["x"],"oidc.example/ENV:sub":["env"]}}`,
				}}),
			},
			"alike",
		},
		{
			"two tag keys of which nobody knows which became which", `{"Statement":[{"Condition":{"S":{"aws:ResourceTag/dev-a":"x","aws:ResourceTag/dev-b":"x"}}}]}`,
			`{"Statement":[{"Condition":{"S":{"aws:ResourceTag/qa-a":"x","aws:ResourceTag/qa-b":"x"}}}]}`,
			[2]*Rewrites{
				NewRewrites([]result.Rewrite{{Field: "condition", Before: `{"S":{"aws:resourcetag/dev-a":["x"],"aws:resourcetag/dev-b":["x"]}}`, After: `{"S":{"aws:resourcetag/P-a":["x"],"aws:resourcetag/P-b":["x"]}}`}}),
				nil,
			},
			"differs",
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
		{"no JSON stays as it is", "{\n \"a\"\x1b", "{\n", plain, "= {\n-  \"a\"\\u{1B}\n+ \n"},
		{"JSON beside no JSON", `{"Statement":[]}`, "x", plain, "- {\n-  \"Statement\": []\n- }\n+ x\n"},
		{"a name twice is kept twice", `{"a":1,"a":2}`, `{"a":1,"a":2}`, plain, "= {\n=  \"a\": 1,\n=  \"a\": 2\n= }\n"},
		{"numbers stay as written", `{"a":1.50e3,"b":[null,true,false,{}]}`, `{"a":1.50e3,"b":[null,true,false,{}]}`, plain, "same"},
		{"text after the document", `{"a":1} x`, `{"a":1} x`, plain, "= {\"a\":1} x\n"},
		{"half a pair is no JSON that could be written again", `["\ud800"]`, `["\ud800"]`, plain, "= [\"\\ud800\"]\n"},
		{"nested too deep", strings.Repeat("[", 100) + strings.Repeat("]", 100), "[]", plain, "- " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n+ []\n"},
		{"nested too deep: the text stays as it is", strings.Repeat("[", 100) + "1 ,  2" + strings.Repeat("]", 100), "", plain, "- " + strings.Repeat("[", 100) + "1 ,  2" + strings.Repeat("]", 100) + "\n+ \n"},
		{"no JSON is not put on one line", "[\nx\n]", "[\nx\n]", plain, "= [\n= x\n= ]\n"},
		{"a scalar in a Not- element is a list of one", `{"Statement":[{"NotAction":"a:B","NotResource":"x"}]}`, `{"Statement":[{"NotAction":["a:B"],"NotResource":["x"]}]}`, plain, "same"},
		{
			"of two lists of statements nobody knows which counts: their order is kept", `{"Statement":[{"Action":"a:1"},{"Action":"a:2"}],"Statement":[]}`,
			`{"Statement":[{"Action":"a:2"},{"Action":"a:1"}],"Statement":[]}`, plain, "differs",
		},
		{
			"a Sid weighs more than all values", `{"Statement":[{"Sid":"A","Action":"a:1","Effect":"Allow"},{"Sid":"B","Action":"b:2","Effect":"Allow"}]}`,
			`{"Statement":[{"Sid":"B","Action":"a:1","Effect":"Allow","Resource":"x"},{"Sid":"A","Action":"b:2","Effect":"Deny"}]}`, plain,
			"= {\n=  \"Statement\": [\n=   {\n-    \"Action\": [\"a:1\"]\n+    \"Action\": [\"b:2\"]\n-    \"Effect\": \"Allow\"\n+    \"Effect\": \"Deny\"\n=    \"Sid\": \"A\"\n=   }\n" +
				"=   {\n-    \"Action\": [\"b:2\"]\n+    \"Action\": [\"a:1\"]\n=    \"Effect\": \"Allow\"\n+    \"Resource\": [\"x\"]\n=    \"Sid\": \"B\"\n=   }\n=  ]\n= }\n",
		},
		{
			"statements that share an effect alone are not set side by side", `{"Statement":[{"Sid":"A","Effect":"Allow"},{"Sid":"B","Action":"b:2","Effect":"Allow"}]}`,
			`{"Statement":[{"Sid":"C","Action":"c:3","Effect":"Allow"},{"Sid":"D","Action":"d:4","Effect":"Allow"}]}`, plain,
			"= {\n=  \"Statement\": [\n-   {\n-    \"Effect\": \"Allow\"\n-    \"Sid\": \"A\"\n-   }\n-   {\n-    \"Action\": [\"b:2\"]\n-    \"Effect\": \"Allow\"\n-    \"Sid\": \"B\"\n-   }\n" +
				"+   {\n+    \"Action\": [\"c:3\"]\n+    \"Effect\": \"Allow\"\n+    \"Sid\": \"C\"\n+   }\n+   {\n+    \"Action\": [\"d:4\"]\n+    \"Effect\": \"Allow\"\n+    \"Sid\": \"D\"\n+   }\n=  ]\n= }\n",
		},
		{
			"a long list and an object of two members are not put on one line", longLists, longLists, plain,
			"= {\n=  \"a\": [\n=   \"" + strings.Repeat("x", 40) + "\"\n=   \"" + strings.Repeat("y", 40) + "\"\n=  ]\n=  \"b\": {\n=   \"c\": 1\n=   \"d\": 2\n=  }\n=  \"e\": {\"f\": 1}\n= }\n",
		},
		{"the empty text", "", "{}", plain, "- \n+ {}\n"},
	} {
		got := compared(row.a, row.b, row.rewrites)
		back := compared(row.b, row.a, [2]*Rewrites{row.rewrites[1], row.rewrites[0]})
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

func TestTwins(t *testing.T) {
	dev := NewRewrites([]result.Rewrite{{Field: "arn", Before: "arn:aws:s3:::dev", After: "arn:aws:s3:::env"}})
	for _, row := range []struct {
		reason   string
		a, b     string
		rewrites [2]*Rewrites
		want     int
	}{
		{"a name that is A's own, in both", `{"Statement":[{"Resource":"arn:aws:s3:::dev"}]}`, `{"Statement":[{"Resource":"arn:aws:s3:::dev"}]}`, [2]*Rewrites{dev}, 1},
		{"the same text, rewritten in both", `{"Statement":[{"Resource":"arn:aws:s3:::dev"}]}`, `{"Statement":[{"Resource":"arn:aws:s3:::dev"}]}`, [2]*Rewrites{dev, dev}, 0},
		{"other texts", `{"Statement":[{"Resource":"x"}]}`, `{"Statement":[{"Resource":"y"}]}`, plain, 0},
		{"a line that moved means the same", `{"k":[1,2]}`, `{"k":[2,1]}`, plain, 0},
	} {
		if got := Compare(Parse(row.a, row.rewrites[0]), Parse(row.b, row.rewrites[1])).Twins; got != row.want {
			t.Errorf("%s: %d lines with the same text differ, want %d", row.reason, got, row.want)
		}
	}
}
