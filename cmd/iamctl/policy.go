package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/policy"
	"iamctl/report/explain"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

func policyCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:        "policy",
		Usage:       "bare policy documents",
		Subcommands: []*cli.Command{policyDiffCommand(e)},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return noCommand(c.Args().First(), c.Command.Subcommands)
			}
			return cli.ShowSubcommandHelp(c)
		},
	}
}

func policyDiffCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "say whether a changed policy allows more, less or something else",
		ArgsUsage: "OLD NEW",
		Description: examples(`
Compares what two policies allow, whatever way they are written, and proves
each difference with a request that one allows and the other does not. The
verdict is EQUAL, MORE (NEW allows something that OLD does not, and nothing
less), LESS, DIFFERENT or UNKNOWN, with the reason.

OLD and NEW are files with a policy document or a JSON list of them, files at a
git revision (git:REV:FILE), or - for stdin. Documents with principals are
taken for trust policies of a role.

Exit codes: 0 EQUAL, 1 any other verdict, 2 usage, or a file that cannot be read.
With --no-new-access: 0 EQUAL or LESS, 1 MORE, DIFFERENT or UNKNOWN.`, `
  iamctl policy diff old.json new.json
  iamctl policy diff git:main:policies/app.json policies/app.json
  iamctl policy diff old.json new.json --no-new-access --boundary boundary.json
  iamctl policy diff --batch questions.jsonl > answers.jsonl`),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "type", Usage: "what the documents are for: `TYPE` is identity or trust"},
			&cli.StringFlag{Name: "boundary", Usage: "limit both sides by the permissions boundary in `FILE`"},
			&cli.StringFlag{Name: "old-boundary", Usage: "limit OLD by the permissions boundary in `FILE`"},
			&cli.StringFlag{Name: "new-boundary", Usage: "limit NEW by the permissions boundary in `FILE`"},
			&cli.BoolFlag{Name: "no-new-access", Usage: "exit with 0 where NEW allows nothing that OLD does not"},
			&cli.BoolFlag{Name: "future", Usage: "let the exit code follow the verdict with actions that AWS may add"},
			&cli.StringFlag{Name: "batch", Usage: "answer the questions in `FILE`, one JSON object a line (- for stdin)"},
			referenceFlag(), jsonFlag("print JSON"),
		},
		Action: func(c *cli.Context) error { return runPolicyDiff(e, c) },
	}
}

func runPolicyDiff(e *env, c *cli.Context) error {
	ref, err := compare.ReadReference(c.Path("reference"), e.foreignReference)
	if err != nil {
		return err
	}
	comparer := verdict.NewComparer(verdict.Options{Reference: ref})
	if c.IsSet("batch") {
		return answerBatch(e, c, comparer)
	}
	if c.NArg() != 2 {
		return usage("policy diff", "policy diff takes two documents, OLD and NEW, got %s", count(c.NArg(), "argument"))
	}
	q, err := readQuestion(e, c)
	if err != nil {
		return err
	}
	r, j, err := q.Compare(comparer)
	if err != nil {
		return usage("policy diff", "%w", err)
	}
	a := q.Answer(r, j)
	if c.Bool("json") {
		if err := e.printJSON(a); err != nil {
			return err
		}
	} else {
		explain.Verdict(e.stdout, &a, labelsOf(c, q))
	}
	return outcome(exitOf(c, r.Verdict, r.Future))
}

// exitOf returns the exit code for verdicts.
func exitOf(c *cli.Context, today, future verdict.Verdict) result.ExitCode {
	v := today
	if c.Bool("future") && v != verdict.Unknown {
		v = future
	}
	if v == verdict.Equal || c.Bool("no-new-access") && v == verdict.Less {
		return result.ExitInSync
	}
	return result.ExitDrift
}

// readQuestion reads the documents that the command line names.
func readQuestion(e *env, c *cli.Context) (*question.Question, error) {
	q := &question.Question{Type: question.Type(c.String("type"))}
	if err := q.Type.Check(); err != nil {
		return nil, usage("policy diff", "--type: %w", err)
	}
	old, new := c.String("old-boundary"), c.String("new-boundary")
	if both := c.String("boundary"); both != "" {
		if old != "" || new != "" {
			return nil, usage("policy diff", "--boundary is for both sides: give it, or --old-boundary and --new-boundary")
		}
		old = both
	}
	names := []string{c.Args().Get(0), c.Args().Get(1), old, new}
	if i := slices.Index(names, "-"); i >= 0 && slices.Contains(names[i+1:], "-") {
		return nil, usage("policy diff", "- is there twice: stdin can be read once")
	}
	for i, to := range []*[]*policy.Document{&q.Old.Documents, &q.New.Documents, &q.Old.Boundary, &q.New.Boundary} {
		if i > 1 && names[i] == "" {
			continue
		}
		var err error
		if *to, err = compare.ReadDocuments(c.Context, names[i], e.stdin); err != nil {
			return nil, err
		}
	}
	if c.String("boundary") != "" {
		q.New.Boundary, names[3] = q.Old.Boundary, old
	}
	for i, to := range []*string{&q.Old.Name, &q.New.Name, &q.Old.BoundaryName, &q.New.BoundaryName} {
		*to = compare.DocumentsName(names[i])
	}
	return q, nil
}

// labelsOf names the documents of a question for a person.
func labelsOf(c *cli.Context, q *question.Question) explain.Labels {
	names := func(file string, list []*policy.Document) []string {
		if len(list) == 1 {
			return []string{file}
		}
		out := make([]string, len(list))
		for i := range out {
			out[i] = fmt.Sprintf("document %d of %s", i+1, file)
		}
		return out
	}
	sides := [2]explain.Side{
		{Name: "old", Documents: names(c.Args().Get(0), q.Old.Documents), Boundary: "the boundary"},
		{Name: "new", Documents: names(c.Args().Get(1), q.New.Documents), Boundary: "the boundary"},
	}
	return sides
}
