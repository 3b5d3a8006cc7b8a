package live

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// TestReadOnly reads the source of the packages that know the SDK: no call of IAM, STS or
// Organizations is compiled in that does more than look.
func TestReadOnly(t *testing.T) {
	calls := map[string]bool{}
	for _, client := range []reflect.Type{reflect.TypeFor[*iam.Client](), reflect.TypeFor[*sts.Client](), reflect.TypeFor[*organizations.Client]()} {
		for m := range client.Methods() {
			calls[m.Name] = m.Name != "Options"
		}
	}
	if !calls["DeleteRole"] || !calls["AssumeRole"] {
		t.Fatal("the SDK's calls are not known")
	}
	found := map[string]bool{}
	for _, file := range sources(t) {
		for _, imported := range file.Imports {
			path := strings.Trim(imported.Path.Value, `"`)
			service := strings.TrimSuffix(strings.TrimPrefix(path, "github.com/aws/aws-sdk-go-v2/service/"), "/types")
			if strings.Contains(path, "/service/") && !slices.Contains([]string{"iam", "sts", "organizations"}, service) {
				t.Errorf("the service %s is imported", path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || !calls[sel.Sel.Name] {
				return true
			}
			found[sel.Sel.Name] = true
			if !slices.ContainsFunc([]string{"Get", "List", "Describe"}, func(verb string) bool { return strings.HasPrefix(sel.Sel.Name, verb) }) {
				t.Errorf("%s is called: only Get, List and Describe may be", sel.Sel.Name)
			}
			return true
		})
	}
	for _, name := range []string{"GetAccountAuthorizationDetails", "ListRoles", "ListAccountAliases", "GetCallerIdentity", "ListAccountsForParent"} {
		if !found[name] {
			t.Errorf("the test does not see the call of %s", name)
		}
	}
	// Reads that hand out credentials or start work on AWS's side.
	for _, name := range []string{"GetSessionToken", "GetFederationToken", "GetCredentialReport", "GetAccessKeyLastUsed", "GetDelegatedAccessToken", "GetWebIdentityToken"} {
		if found[name] {
			t.Errorf("%s is called", name)
		}
	}
}

func sources(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	for _, dir := range []string{".", "../connect", "../organization"} {
		names, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(names), err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	return files
}
