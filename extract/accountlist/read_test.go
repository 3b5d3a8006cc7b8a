package accountlist

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract"
	"iamctl/inventory"
	"iamctl/policy"
)

func TestRead(t *testing.T) {
	want := []Row{
		{
			Member:  inventory.Member{ID: "011111111111", Name: "dev, the first", Tags: []inventory.Tag{{Key: "env", Value: "dev"}, {Key: "team", Value: "a=b"}}},
			RoleARN: "arn:aws-cn:iam::011111111111:role/team/reader", Profile: "base",
		},
		{Member: inventory.Member{ID: "222222222222"}, Profile: "qa"},
	}
	for reason, text := range map[string]string{
		"as documented":              "id,name,role_arn,profile,tags\n011111111111,\"dev, the first\",arn:aws-cn:iam::011111111111:role/team/reader,base,env=dev;team=a=b\n222222222222,,,qa,\n",
		"a mark, CRLF and no end":    "\ufeffid,name,role_arn,profile,tags\r\n011111111111,\"dev, the first\",arn:aws-cn:iam::011111111111:role/team/reader,base,team=a=b; env=dev;\r\n222222222222,,,qa,",
		"another order, upper case":  "Tags,Profile,ID,Name,Role_ARN\nenv=dev;team=a=b,base,011111111111,\"dev, the first\",arn:aws-cn:iam::011111111111:role/team/reader\n,qa,222222222222,,\n",
		"blanks, and lines of none":  "id, name ,role_arn,profile,tags\n\n 011111111111 ,\"dev, the first\", arn:aws-cn:iam::011111111111:role/team/reader,base ,env=dev;team=a=b\n\n222222222222,,,qa,\n\n",
		"every field within quotes ": "\"id\",\"name\",\"role_arn\",\"profile\",\"tags\"\n\"011111111111\",\"dev, the first\",\"arn:aws-cn:iam::011111111111:role/team/reader\",\"base\",\"env=dev;team=a=b\"\n\"222222222222\",\"\",\"\",\"qa\",\"\"\n",
	} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Read(t.Context(), path)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", reason, err, d)
		}
	}
	if got, err := parse("a.csv", []byte("id\n111111111111\n")); err != nil || len(got) != 1 {
		t.Errorf("the id alone: %v, %v", got, err)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{"", "a.csv: the file is empty; its first line", "nothing"},
		{"id\n", "names no account; write a line", "a header alone"},
		{"name\nx\n", "a.csv:1:1: the column id is missing", "no ids"},
		{"id,nmae\n", `a.csv:1:4: there is no column "nmae"; the columns are id,name`, "a mistyped column"},
		{"id,id\n", "a.csv:1:4: the column id is there twice", "a column twice"},
		{"id;name\n", "not separated by commas", "semicolons"},
		{"id,name\n111111111111\n", "a.csv:2:1: the line has 1 fields and the header 2", "too few"},
		{"id\n111111111111,x\n", "a.csv:2:1: the line has 2 fields", "too many"},
		{"name,id\nx,11111111111\n", `a.csv:2:3: "11111111111" is no account id; write its twelve digits, leading zeros too`, "a zero was lost"},
		{"id\n1.11111E+11\n", "no account id", "what a spreadsheet makes of it"},
		{"id\n111111111111\n222222222222\n\n111111111111\n", "a.csv:5:1: the account 111111111111 is in line 2 already", "twice"},
		{"id,role_arn\n111111111111,arn:aws:iam::222222222222:role/r\n", "is no role of the account 111111111111; write arn:aws:iam::111111111111:role/NAME", "a role of another account"},
		{"id,role_arn\n111111111111,reader\n", "is no role of the account", "a name"},
		{"id,role_arn\n111111111111,arn:aws:iam::111111111111:user/r\n", "is no role of the account", "a user"},
		{"id,tags\n111111111111,env\n", `the tag "env" has no key or no value; write key=value`, "a tag without value"},
		{"id,tags\n111111111111,a=1;a=2\n", `the tag "a" is there twice`, "a tag twice"},
		{"id,name\n111111111111,a\"b\n", "a.csv:2:", "a bare quote"},
		{"id,name\n111111111111,\"a\n", "a.csv:", "a quote without end"},
		{"id,name\n111111111111,a\x1b[2J\n", `a control character, "\x1b"`, "an escape for terminals"},
		{"id,name\n111111111111,\xff\n", "not UTF-8", "bytes"},
		{"\xff\xfei\x00d\x00", "not UTF-8; save it as CSV in UTF-8", "UTF-16"},
	} {
		_, err := parse("a.csv", []byte(tt.text))
		var f *extract.FileError
		if !errors.As(err, &f) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v; want %q: %s", tt.text, err, tt.want, tt.reason)
		}
	}
	if _, err := Read(t.Context(), t.TempDir()); err == nil {
		t.Error("a folder is read")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("id,name,role_arn,profile,tags\n111111111111,a,arn:aws:iam::111111111111:role/r,p,a=b;c=d\n"))
	f.Add([]byte("\ufeffid\r\n111111111111\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := parse("a.csv", data)
		if (err == nil) != (len(rows) > 0) {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if !policy.IsAccountID(r.ID) || seen[r.ID] {
				t.Fatalf("the id %q", r.ID)
			}
			seen[r.ID] = true
		}
	})
}
