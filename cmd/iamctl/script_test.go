package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/extract/snapshot"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"iamctl": func() { os.Exit(mainCode()) },
		"pages":  func() { os.Exit(discardPages()) },
	})
}

// TestScripts runs the scripts of testdata/script. Besides testscript's own
// commands they have:
//
//	serve PROFILE ACCOUNT [FAULT...]   serve an account as a profile; ACCOUNT
//	                                   is a snapshot folder, or ID:ROLES for
//	                                   a sample of that size
//	servereference [broken]            serve a small service reference at
//	                                   $REFERENCE
//	exitcode N COMMAND ARG...          run a command that exits with N
//	rows FILE N                        a CSV file has N rows and a header
//	follows SCHEMA FILE                a JSON file follows a schema of the repository
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			root, err := filepath.Abs("../..")
			if err != nil {
				return err
			}
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("ROOT", root)
			e.Setenv("HOME", home)
			e.Setenv("AWS_CONFIG_FILE", filepath.Join(e.WorkDir, "aws-config"))
			e.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(e.WorkDir, "aws-credentials"))
			e.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			e.Setenv("SOURCE_DATE_EPOCH", "1793707200") // 2026-11-03T12:00:00Z
			return os.Mkdir(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":          serve,
			"servereference": serveReference,
			"exitcode":       exitCodeIs,
			"rows":           rowsAre,
			"follows":        follows,
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}

func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: serve PROFILE ACCOUNT [FAULT...]")
	}
	var o fakeiam.Options
	for _, f := range args[2:] {
		name, value, _ := strings.Cut(f, "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "deny":
			o.Faults = append(o.Faults, fakeiam.Deny(strings.Split(value, ",")...))
		case "throttle":
			// One action alone: once throttled, every further call waits
			// two seconds.
			o.Faults = append(o.Faults, fakeiam.Only(fakeiam.First(n, fakeiam.Throttled), "ListRoles"))
		case "flaky":
			o.Faults = append(o.Faults, fakeiam.Sometimes(float64(n)/100, 1, fakeiam.Throttled, fakeiam.Unavailable, fakeiam.Truncated, fakeiam.Dropped))
		case "expire":
			o.Faults = append(o.Faults, fakeiam.After(n, fakeiam.Expired))
		case "slow":
			o.Latency = time.Duration(n) * time.Millisecond
		case "pages":
			o.PageSize = n
		default:
			ts.Fatalf("there is no fault %q", name)
		}
	}
	s := fakeiam.New(accountFor(ts, args[1]), o)
	ts.Defer(s.Close)
	config := fmt.Sprintf("[profile %s]\nregion = us-east-1\nendpoint_url = %s\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = topsecretvalue\n", args[0], s.URL)
	f, err := os.OpenFile(ts.Getenv("AWS_CONFIG_FILE"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ts.Check(err)
	_, err = f.WriteString(config)
	ts.Check(err)
	ts.Check(f.Close())
}

func serveReference(ts *testscript.TestScript, neg bool, args []string) {
	pages := map[string]string{
		"/v1/service-list.json": `[{"service":"sqs","url":"URL/v1/sqs/sqs.json"},{"service":"zzz","url":"URL/v1/zzz/zzz.json"}]`,
		"/v1/sqs/sqs.json": `{"Name":"sqs","Version":"v1.0","Actions":[{"Name":"SendMessage","Resources":[{"Name":"queue"}],
			"Annotations":{"Properties":{"IsList":false,"IsPermissionManagement":false,"IsTaggingOnly":false,"IsWrite":true}}}],
			"Resources":[{"Name":"queue","ARNFormats":["arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"]}]}`,
		"/v1/zzz/zzz.json": `{"Name":"zzz","Version":"v1.0","Actions":[{"Name":"Sleep"}]}`,
	}
	if len(args) > 0 && args[0] == "broken" {
		pages["/v1/zzz/zzz.json"] = `{"Name":"zzz","Acti`
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT")
		fmt.Fprint(w, strings.ReplaceAll(page, "URL", "http://"+r.Host))
	}))
	ts.Defer(s.Close)
	ts.Setenv("REFERENCE", s.URL+"/")
}

func accountFor(ts *testscript.TestScript, source string) *inventory.Account {
	if id, roles, ok := strings.Cut(source, ":"); ok {
		n, err := strconv.Atoi(roles)
		ts.Check(err)
		return fakeiam.Sample(id, n)
	}
	a, err := snapshot.Read(context.Background(), ts.MkAbs(source))
	ts.Check(err)
	return a
}

func exitCodeIs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("%s: exit code %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

func rowsAre(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: rows FILE N")
	}
	text := strings.TrimSuffix(ts.ReadFile(args[0]), "\n")
	if n := strings.Count(text, "\n"); fmt.Sprint(n) != args[1] {
		ts.Fatalf("%s has %d rows, want %s:\n%s", args[0], n, args[1], text)
	}
}

func follows(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: follows SCHEMA FILE")
	}
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(ts.Getenv("ROOT"), args[0]))
	ts.Check(err)
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(args[1])))
	ts.Check(err)
	if err := schema.Validate(v); (err != nil) != neg {
		ts.Fatalf("%s and %s: %v", args[0], args[1], err)
	}
}
