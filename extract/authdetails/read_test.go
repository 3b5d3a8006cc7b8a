package authdetails

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"iamctl/extract"
	"iamctl/extract/sourcetest"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func file(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dev.json")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestContract(t *testing.T) {
	lacks := sourcetest.Without(sourcetest.RoleAttributes, sourcetest.Alias, sourcetest.PolicyTags, sourcetest.Gaps, sourcetest.Unknown, sourcetest.EmptyAccountID)
	for _, tt := range []struct {
		name  string
		form  docForm
		pages int
		opts  []sourcetest.Option
	}{
		{"objects", asObject, 1, []sourcetest.Option{sourcetest.DocumentsByMeaning()}}, // the blanks go
		{"text", asText, 1, nil},
		{"percent-encoded", asPercent, 1, nil},
		{"pages", asPercent, 3, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sourcetest.Run(t, func(t *testing.T, a *inventory.Account) sourcetest.Source {
				path := file(t, tt.form.pages(a, tt.pages))
				return func(ctx context.Context) (*inventory.Account, error) { return Read(ctx, path) }
			}, append(tt.opts, lacks)...)
		})
	}
}

const (
	roleStart = `{"RoleName":"app","Path":"/","Arn":"arn:aws:iam::123456789012:role/app",`
	goodRole  = roleStart + `"AssumeRolePolicyDocument":{}}`
)

// page returns a page with the given roles and policies.
func page(roles, policies string) string {
	return `{"RoleDetailList":[` + roles + `],"UserDetailList":[],"GroupDetailList":[],"Policies":[` + policies + `]}`
}

func policyOf(versions string) string {
	return `{"PolicyName":"p","Path":"/","Arn":"arn:aws:iam::123456789012:policy/p","DefaultVersionId":"v2","PolicyVersionList":[` + versions + `]}`
}

func gap(kind inventory.GapKind, entity inventory.Entity, name string, part inventory.Part, policyName, reason, raw string) inventory.Gap {
	return inventory.Gap{Kind: kind, Entity: entity, Name: name, Part: part, PolicyName: policyName, Blind: true, Reason: reason, Raw: raw}
}

func TestGaps(t *testing.T) {
	const noDocument = "the file has no document for it"
	absent := gap("read", "policy", "arn:x", "", "x", "the policy is in use, but the file has no document for it; take the file with all policies (the filter, if any, needs LocalManagedPolicy)", "")
	deprecated := "the policy is AWS's own and in use, but the file has no document for it, as AWS leaves out those of its deprecated policies; " +
		"`aws iam get-policy-version` has it, and iamctl reads it from a profile that may call iam:GetPolicy and iam:GetPolicyVersion"
	for _, tt := range []struct {
		content string
		want    []inventory.Gap
		reason  string
	}{
		{page(goodRole, ""), nil, "nothing missing"},
		{page(strings.Replace(goodRole, `,"AssumeRolePolicyDocument":{}`, "", 1), ""), []inventory.Gap{gap("read", "role", "app", "trust", "", noDocument, "")}, "no trust policy"},
		{page(strings.Replace(goodRole, `{}`, "null", 1), ""), []inventory.Gap{gap("read", "role", "app", "trust", "", noDocument, "")}, "a null"},
		{page(strings.Replace(goodRole, `{}`, "[7]", 1), ""), []inventory.Gap{gap("parse", "role", "app", "trust", "", "its document is neither an object nor a string", "[7]")}, "a list"},
		{page(strings.Replace(goodRole, `{}`, `""`, 1), ""), []inventory.Gap{gap("read", "role", "app", "trust", "", "the file has an empty text for its document", "")}, "empty"},
		{page(strings.Replace(goodRole, `{}`, `"%7B%2"`, 1), ""), []inventory.Gap{gap("parse", "role", "app", "trust", "", `the policy document is not percent-encoded as IAM does it: invalid URL escape "%2"`, "%7B%2")}, "cut"},
		{page(strings.Replace(goodRole, `{}`, `"{}\ud800"`, 1), ""), []inventory.Gap{gap("parse", "role", "app", "trust", "", extract.ErrNotUTF8.Error(), `"{}\ud800"`)}, "half a surrogate pair around the document"},
		{page(strings.Replace(goodRole, `{}`, `{"Sid":"\ud800"}`, 1), ""), nil, "half a pair within it: for the parser to judge"},
		{page(roleStart+"\"AssumeRolePolicyDocument\":{},\"Tags\":[{\"Key\":\"a\xff\",\"Value\":\"b\"},{\"Key\":\"c\",\"Value\":\"\\ud800\"}]}", ""), []inventory.Gap{gap("parse", "role", "app", "tag", "", extract.ErrNotUTF8.Error(), "")}, "bad bytes in tags"},
		{page(roleStart+`"AssumeRolePolicyDocument":{},"Description":"\udc00"}`, ""), []inventory.Gap{gap("parse", "role", "app", "description", "", extract.ErrNotUTF8.Error(), "")}, "in the description"},
		{page(roleStart+`"AssumeRolePolicyDocument":{},"RolePolicyList":[{"PolicyName":"q"}]}`, ""), []inventory.Gap{gap("read", "role", "app", "inline", "q", noDocument, "")}, "an inline policy without document"},
		{page(roleStart+`"AssumeRolePolicyDocument":{},"AttachedManagedPolicies":[{"PolicyName":"x","PolicyArn":"arn:x"}],"PermissionsBoundary":{"PermissionsBoundaryArn":"arn:x"}}`, ""), []inventory.Gap{absent}, "attached twice, missing once"},
		{
			page(goodRole+`,{"RoleName":"b","Path":"/","Arn":"arn:aws:iam::123456789012:role/b","AssumeRolePolicyDocument":{},"PermissionsBoundary":{"PermissionsBoundaryArn":"arn:aws:iam::aws:policy/l/B"}}`, ""),
			[]inventory.Gap{gap("read", "policy", "arn:aws:iam::aws:policy/l/B", "", "B", deprecated, "")},
			"AWS's own, and only a boundary",
		},
		{page(goodRole, policyOf(`{"VersionId":"v1","IsDefaultVersion":false,"Document":{}}`)), []inventory.Gap{gap("read", "policy", "arn:aws:iam::123456789012:policy/p", "", "p", "the file has no version of it that is marked as the default", "")}, "no default version"},
		{page(goodRole, policyOf(`{"VersionId":"v1","IsDefaultVersion":true,"Document":{}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{}}`)), []inventory.Gap{gap("read", "policy", "arn:aws:iam::123456789012:policy/p", "", "p", `the file marks "v1" and "v2" as the default version of it`, "")}, "two default versions"},
		{page(goodRole, policyOf(`{"VersionId":"v2","IsDefaultVersion":true}`)), []inventory.Gap{gap("read", "policy", "arn:aws:iam::123456789012:policy/p", "", "p", noDocument, "")}, "a version without document"},
		{page(goodRole, policyOf(`{"VersionId":"v3","IsDefaultVersion":true,"Document":{}}`)), []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: "arn:aws:iam::123456789012:policy/p", PolicyName: "p", Reason: `DefaultVersionId says "v2", but the version marked as the default is "v3": the marked one was taken`}}, "a contradiction that is no darkness"},
	} {
		a, err := Read(context.Background(), file(t, tt.content))
		if err != nil {
			t.Errorf("%v: %s", err, tt.reason)
			continue
		}
		if d := cmp.Diff(tt.want, a.Gaps); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
	}
}

// TestInstanceProfilesNotTold: a list that is not there is not an empty one.
func TestInstanceProfilesNotTold(t *testing.T) {
	for list, want := range map[string][]inventory.InstanceProfile{
		``:                            nil,
		`,"InstanceProfileList":null`: nil,
		`,"InstanceProfileList":[]`:   {},
		`,"InstanceProfileList":[{"InstanceProfileName":"n","Arn":"a","Path":"/"}]`: {{Name: "n", ARN: "a", Path: "/"}},
	} {
		a, err := Read(t.Context(), file(t, page(roleStart+`"AssumeRolePolicyDocument":{}`+list+`}`, "")))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, a.Roles[0].InstanceProfiles); d != "" {
			t.Errorf("%s: -want +got\n%s", list, d)
		}
	}
}

func TestAttributesAndNotes(t *testing.T) {
	const dark = "the file does not tell the description and the session length of every role, as get-account-authorization-details never does: what it does not tell is not compared"
	for _, tt := range []struct {
		content string
		want    []string
		reason  string
	}{
		{page(goodRole, ""), []string{dark}, "as AWS has it"},
		{page(roleStart+`"AssumeRolePolicyDocument":{},"Description":"","MaxSessionDuration":3600}`, ""), nil, "a file that tells more"},
		{page(roleStart+`"AssumeRolePolicyDocument":{},"Description":"","MaxSessionDuration":3600,"New":{"a":[1]}}`, `{"PolicyName":"p","Path":"/","Arn":"arn:aws:iam::aws:policy/p","Z":1,"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{},"Y":2}]}`), []string{`fields that iamctl does not know were left out: ["Policies.Z" "PolicyVersionList.Y" "RoleDetailList.New"]`}, "fields that AWS may add"},
		{`{"RoleDetailList":[],"More":1}`, []string{`fields that iamctl does not know were left out: ["page.More"]`, "the file has no GroupDetailList", "the file has no Policies", "the file has no UserDetailList"}, "a part of the output"},
		{page("", ""), nil, "nothing in it: the gap is that of every source"},
		{
			`{"RoleDetailList":[` + goodRole + `],"UserDetailList":null,"GroupDetailList":null,"Policies":null}`,
			[]string{dark, "the file has no GroupDetailList", "the file has no Policies", "the file has no UserDetailList"},
			"null is absent",
		},
		{`{"RoleDetailList":[` + goodRole + `],"IsTruncated":true}{"RoleDetailList":null,"UserDetailList":[],"GroupDetailList":[],"Policies":[]}`, []string{dark}, "null on one page of two"},
	} {
		a, err := Read(context.Background(), file(t, tt.content))
		if err != nil {
			t.Errorf("%v: %s", err, tt.reason)
			continue
		}
		if d := cmp.Diff(tt.want, a.Notes); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
	}
	a, err := Read(context.Background(), file(t, page(roleStart+`"AssumeRolePolicyDocument":{},"Description":"","MaxSessionDuration":3600}`, "")))
	if err != nil || a.Roles[0].Description == nil || *a.Roles[0].Description != "" || *a.Roles[0].MaxSessionDuration != 3600 {
		t.Errorf("the attributes were not read: %+v, %v", a, err)
	}
}

// TestVersionsAndDates: what is not compared, and is no version or no date, is not known,
// with a note, and the rest of the file is read.
func TestVersionsAndDates(t *testing.T) {
	const current = `{"VersionId":"v6","IsDefaultVersion":true,"Document":{}}`
	other := func(ids ...string) (list string) {
		for _, id := range ids {
			list += `,{"VersionId":"` + id + `","IsDefaultVersion":false,"Document":{"Id":"` + id + `"}}`
		}
		return current + list
	}
	notKnown := func(why string) []string {
		return []string{`which versions of the policy "arn:aws:iam::123456789012:policy/p" are not in force is not known: ` + why}
	}
	role := roleStart + `"Description":"","MaxSessionDuration":3600,"AssumeRolePolicyDocument":{}`
	bad := func(at string) []string {
		return []string{"dates that are none were left out: 1, the first at \"/RoleDetailList/0/" + at + "\""}
	}
	time := func(s string) time.Time { return extract.ParseTime(s) }
	for _, tt := range []struct {
		role, versions string
		notes          []string
		others         []inventory.PolicyVersion
		created        string
		used           *inventory.LastUse
		reason         string
	}{
		{role, other(), nil, []inventory.PolicyVersion{}, "", nil, "one version"},
		{role, other("v10", "v2"), nil, []inventory.PolicyVersion{{ID: "v2", Document: `{"Id":"v2"}`}, {ID: "v10", Document: `{"Id":"v10"}`}}, "", nil, "in order"},
		{role, current + `,{"VersionId":"v2","Document":7}`, nil, []inventory.PolicyVersion{{ID: "v2"}}, "", nil, "a document that is none, of a version that is not marked"},
		{role, other("v1", "v2", "v3", "v4", "v5"), notKnown("there are more versions than the 5 that IAM keeps of a policy"), nil, "", nil, "six versions"},
		{role, other("v1", "v1"), notKnown(`there are two versions "v1"`), nil, "", nil, "a version twice"},
		{role, other("v6"), notKnown(`there are two versions "v6"`), nil, "", nil, "the version in force, once more"},
		{role, other("six"), notKnown(`"six" is no id of a version, such as v2`), nil, "", nil, "no version"},
		{role + `,"CreateDate":"2026-01-31T13:00:00.123456+01:00"`, other(), nil, []inventory.PolicyVersion{}, "2026-01-31T12:00:00Z", nil, "another zone, and parts of a second"},
		{role + `,"CreateDate":"2026-01-31 12:00:00+00:00"`, other(), nil, []inventory.PolicyVersion{}, "2026-01-31T12:00:00Z", nil, "as Python prints it"},
		{role + `,"CreateDate":null,"RoleLastUsed":null`, other(), nil, []inventory.PolicyVersion{}, "", nil, "null is absent"},
		{role + `,"CreateDate":"yesterday"`, other(), bad("CreateDate"), []inventory.PolicyVersion{}, "", nil, "no date"},
		{role + `,"CreateDate":{"year":2026}`, other(), bad("CreateDate"), []inventory.PolicyVersion{}, "", nil, "an object for a date"},
		{role + `,"CreateDate":"9999-12-31T23:59:59-12:00"`, other(), bad("CreateDate"), []inventory.PolicyVersion{}, "", nil, "the year 10000 in UTC, which no file could hold"},
		{role + `,"RoleLastUsed":{}`, other(), nil, []inventory.PolicyVersion{}, "", &inventory.LastUse{}, "never used"},
		{role + `,"RoleLastUsed":{"Region":"eu-west-1","LastUsedDate":"2026-01-31T12:00:00Z"}`, other(), nil, []inventory.PolicyVersion{}, "", &inventory.LastUse{At: time("2026-01-31T12:00:00Z"), Region: "eu-west-1"}, "used"},
		{role + `,"RoleLastUsed":{"LastUsedDate":"x"}`, other(), bad("RoleLastUsed/LastUsedDate"), []inventory.PolicyVersion{}, "", nil, "used, and not known when: not taken for never"},
		{role + `,"RoleLastUsed":"2026"`, other(), bad("RoleLastUsed"), []inventory.PolicyVersion{}, "", nil, "a text for an object"},
	} {
		a, err := Read(context.Background(), file(t, page(tt.role+"}", strings.Replace(policyOf(tt.versions), `"v2","Pol`, `"v6","Pol`, 1))))
		if err != nil {
			t.Errorf("%v: %s", err, tt.reason)
			continue
		}
		if len(a.Gaps) > 0 {
			t.Errorf("%s: gaps %v, though nothing is missing that is compared", tt.reason, a.Gaps)
		}
		if d := cmp.Diff(tt.notes, a.Notes); d != "" {
			t.Errorf("%s: notes: -want +got\n%s", tt.reason, d)
		}
		if d := cmp.Diff(tt.others, a.Policies[0].Others); d != "" {
			t.Errorf("%s: other versions: -want +got\n%s", tt.reason, d)
		}
		if d := cmp.Diff(time(tt.created), a.Roles[0].Created); d != "" {
			t.Errorf("%s: created: -want +got\n%s", tt.reason, d)
		}
		if d := cmp.Diff(tt.used, a.Roles[0].LastUsed); d != "" {
			t.Errorf("%s: last used: -want +got\n%s", tt.reason, d)
		}
	}
}

// TestUsedBetweenPages: a role that is on two pages, and was used in between, is one.
func TestUsedBetweenPages(t *testing.T) {
	used := func(at string) string {
		return strings.Replace(page(strings.Replace(goodRole, "}", `},"RoleLastUsed":{"LastUsedDate":"`+at+`"}`, 1), ""), `"Policies"`, `"IsTruncated":`+fmt.Sprint(at == "2026-01-31T12:00:00Z")+`,"Policies"`, 1)
	}
	a, err := Read(context.Background(), file(t, used("2026-01-31T12:00:00Z")+used("2026-01-31T12:00:01Z")))
	if err != nil || len(a.Roles) != 1 || a.Roles[0].LastUsed == nil {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestUnknownFieldsAreBounded(t *testing.T) {
	var fields strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&fields, `"x%d":0,`, i)
	}
	a, err := Read(context.Background(), file(t, "{"+fields.String()+`"RoleDetailList":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if note := a.Notes[0]; len(note) > 500 || !strings.HasSuffix(note, "and more") {
		t.Errorf("got %q", note)
	}
}

func TestErrors(t *testing.T) {
	other := strings.ReplaceAll(strings.ReplaceAll(goodRole, "app", "b"), "123456789012", "210987654321")
	for _, tt := range []struct{ content, want, reason string }{
		{"", ": the file is empty; make the file with: aws iam get-account-authorization-details --output json", "empty"},
		{" \n\t", "the file is empty", "blank"},
		{"GroupDetailList: []\nPolicies:\n- Arn: x\n", "is YAML; make the file with", "YAML"},
		{"---\nUserDetailList: []\n", "is YAML", "YAML with its mark"},
		{"ROLEDETAILLIST\tarn:aws:iam::1:role/x\n", "is the CLI's text output", "text"},
		{"-----------\n|  GetAccountAuthorizationDetails  |\n", "is a table", "a table"},
		{"<GetAccountAuthorizationDetailsResponse>", "is XML", "XML"},
		{"\nAn error occurred (AccessDenied) when calling", `error message of the AWS CLI, "An error occurred (AccessDenied) when calling"`, "the error went into the file"},
		{"hello", `is not JSON; make the file with`, "something else, of which nothing is repeated"},
		{"\x1f\x8b\x08\x00", "is compressed", "gzip"},
		{"\xff\xfe\x00\x00{\x00\x00\x00", "is UTF-32", "UTF-32"},
		{"\xff\xfe{\x00\"", "not valid UTF-16", "half a character"},
		{"\xff\xfe{\x00\"\x00\x00\xd8\"\x00", "not valid UTF-16", "half a pair"},
		{`{"Roles":[]}`, `:1:1: this is no output of get-account-authorization-details`, "aws iam list-roles"},
		{`{"Policies":[]}`, ":1:1: the file has no RoleDetailList", "a part without roles"},
		{`{"RoleDetailList":null}`, ":1:1: this is no output of get-account-authorization-details: it has no RoleDetailList", "a null for the roles"},
		{`{"RoleDetailList":null,"Policies":[]}`, ":1:1: the file has no RoleDetailList; take it without --query", "a null for the roles among other lists"},
		{`{"RoleDetailList":null,"IsTruncated":true}{"RoleDetailList":null,"Policies":[]}`, "this is no output of get-account-authorization-details", "a null on every page"},
		{`{"RoleDetailList":{}}`, `"/RoleDetailList": a list is wanted here, not an object`, "an object for the roles"},
		{`[]`, "no page in it", "a list without pages"},
		{`{"RoleDetailList":[],"IsTruncated":true,"Marker":"x"}`, "is only the first page", "--no-paginate"},
		{`{"RoleDetailList":[],"NextToken":"x"}`, "is only the first page", "--max-items"},
		{strings.Repeat(`{"RoleDetailList":[],"IsTruncated":true}`, 2), "the last page is missing: all 2 pages", "two of three pages"},
		{`{"RoleDetailList":[{"RoleName":"app"` + "\n", ":2:1: ", "cut off"},
		{page(goodRole, "")[:100], "ends too early", "cut off in a string"},
		{page(goodRole, "") + "\n x", ":2:2: ", "more after the last page"},
		{"{\n \"RoleDetailList\": [\n  3]}", `:3:3: "/RoleDetailList`, "a number for a role"},
		{page(`{"RoleName":"ü","Path":7}`, ""), `:1:43: "/RoleDetailList/0/Path": a string is wanted here, not a number`, "a number for a path; the column counts characters"},
		{page(`{"Path":"/"}`, ""), ":1:20: RoleDetailList: a role has no RoleName", "no name"},
		{page(`{"RoleName":"x","Path":"/"}`, ""), `the role "x" has no Arn`, "no ARN"},
		{page(`{"RoleName":"x","Arn":"arn:aws:iam::123456789012:role/x"}`, ""), `the role "x" has no Path`, "no path"},
		{page(`{"RoleName":"x","Path":"/","Arn":"x"}`, ""), `has "x" for an Arn`, "no ARN by its form"},
		{page(`{"RoleName":"x","Path":"/","Arn":"arn:aws:iam::12:role/x"}`, ""), "has no account id", "no account id by its form"},
		{page(goodRole+","+other, ""), `the role "b" is of account 210987654321, but the role "app" is of 123456789012`, "two accounts in one file"},
		{page(goodRole+","+strings.ReplaceAll(strings.ReplaceAll(goodRole, "app", "b"), "arn:aws:", "arn:aws-cn:"), ""), `is of the partition "aws-cn"`, "two partitions"},
		{page(goodRole+","+strings.Replace(goodRole, `"app"`, `"APP"`, 1), ""), `the role "APP" stands in the file twice`, "one name, two roles"},
		{page(roleStart+`"MaxSessionDuration":1.5}`, ""), "a whole number of seconds is wanted here", "half a second"},
		{page(roleStart+`"MaxSessionDuration":"3600"}`, ""), "a number is wanted here", "a string for a number"},
		{page(roleStart+`"Path":"/x/"}`, ""), `"/RoleDetailList/0/Path": the field stands here twice`, "a field twice"},
		{page(roleStart+`"RolePolicyList":[{"PolicyDocument":{}}]}`, ""), "an inline policy has no PolicyName", "no name of an inline policy"},
		{page(roleStart+`"AttachedManagedPolicies":[{"PolicyName":"x"}]}`, ""), "needs PolicyName and PolicyArn", "no ARN of an attached policy"},
		{page(roleStart+`"PermissionsBoundary":{"PermissionsBoundaryType":"Policy"}}`, ""), "has no PermissionsBoundaryArn", "no ARN of the boundary"},
		{page(roleStart+`"Tags":[{"Value":"x"}]}`, ""), "a tag has no Key", "no key of a tag"},
		{page("", policyOf(`{"IsDefaultVersion":true}`)), "a version has no VersionId", "no id of a version"},
		{page("", policyOf(`{"VersionId":"v1","IsDefaultVersion":"true"}`)), "true or false is wanted here", "a string for a flag"},
		{page(strings.Replace(goodRole, "app", "\xe4pp", 1), ""), "not valid UTF-8", "a name in Latin-1"},
		{page(strings.Replace(goodRole, "role/app", "role/\\udc00app", 1), ""), "half of a surrogate pair", "half a pair in an ARN"},
	} {
		path := file(t, tt.content)
		_, err := Read(context.Background(), path)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), path+":") {
			t.Errorf("got %v\nwant %q: %s", err, tt.want, tt.reason)
		}
	}
}

func TestReadNoFile(t *testing.T) {
	if _, err := Read(context.Background(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want %v", err, fs.ErrNotExist)
	}
	if _, err := Read(context.Background(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("got %v for a folder", err)
	}
}

func TestEncodings(t *testing.T) {
	content := page(roleStart+`"AssumeRolePolicyDocument":{"Sid":"ü😀"}}`, "")
	want, err := Read(context.Background(), file(t, content))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(want.Roles[0].Trust), "ü😀") {
		t.Fatalf("got %q", want.Roles[0].Trust)
	}
	utf16Text := func(big bool) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(content)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return string(b)
	}
	for name, content := range map[string]string{
		"UTF-8 with a mark":            "\xef\xbb\xbf" + content,
		"UTF-16 of PowerShell":         "\xff\xfe" + utf16Text(false),
		"UTF-16, the other way around": "\xfe\xff" + utf16Text(true),
		"UTF-16 without a mark":        utf16Text(false),
		"the same the other way":       utf16Text(true),
		"blanks and line ends before":  "\r\n  " + content + "\r\n",
		"pages in a list":              "[" + content + "]",
		"the same page twice":          content + content,
	} {
		got, err := Read(context.Background(), file(t, content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(inventory.Role{}, "File"), cmpopts.IgnoreFields(inventory.Policy{}, "File")); d != "" {
			t.Errorf("%s: -want +got\n%s", name, d)
		}
	}
	// A fault in UTF-16 text has the line and column of the text.
	var at *extract.FileError
	_, err = Read(context.Background(), file(t, "\xff\xfe{\x00\n\x00x\x00"))
	if !errors.As(err, &at) || at.Line != 2 || at.Column != 1 {
		t.Errorf("got %v, want line 2, column 1", err)
	}
}
