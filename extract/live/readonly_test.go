package live

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// TestReadOnly reads the package's own source: no call of IAM or STS is
// compiled in that does more than look.
func TestReadOnly(t *testing.T) {
	calls := map[string]bool{}
	for _, client := range []reflect.Type{reflect.TypeFor[*iam.Client](), reflect.TypeFor[*sts.Client]()} {
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
			if strings.Contains(path, "/service/") && path != "github.com/aws/aws-sdk-go-v2/service/iam" &&
				path != "github.com/aws/aws-sdk-go-v2/service/iam/types" && path != "github.com/aws/aws-sdk-go-v2/service/sts" {
				t.Errorf("the service %s is imported", path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || !calls[sel.Sel.Name] {
				return true
			}
			found[sel.Sel.Name] = true
			if !strings.HasPrefix(sel.Sel.Name, "Get") && !strings.HasPrefix(sel.Sel.Name, "List") {
				t.Errorf("%s is called: only Get and List may be", sel.Sel.Name)
			}
			return true
		})
	}
	for _, name := range []string{"GetAccountAuthorizationDetails", "ListRoles", "ListAccountAliases", "GetCallerIdentity"} {
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
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}
