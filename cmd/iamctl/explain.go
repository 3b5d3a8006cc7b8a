package main

import (
	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/meaning"
	"iamctl/report/explain"
	"iamctl/result"
)

func explainCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say what differs of one role, and answer questions about it",
		ArgsUsage: "SOURCE_1 SOURCE_2 ROLE | SOURCE_1 TAG_1 SOURCE_2 TAG_2 ROLE",
		Description: examples(`
Compares two accounts as diff does and tells the story of one role: who it is in
both, what it may do and who may assume it in one account alone, proved by a
request, with the statements that decide. ROLE is the role's name in either
account, or as the dictionary rewrites it, or its ARN. Nothing is written.

--request asks both accounts a question of your own, and may be repeated:
action=SERVICE:NAME, resource=ARN (* if left out), and condition keys with their
values; a key that is there twice has both values, and \, is a comma within a
value. With principal=WHO it is a question of who may assume the role, and the
action is sts:AssumeRole or the like. A key that is not named is absent. What the
dictionary knows for a name of one account is asked by the name of the other
there; --as-written asks both accounts word for word.

Exit codes: 0 nothing differs in what is allowed, 1 something does, or it could
not be decided, 2 usage or failure, 3 a part of the role could not be read; 3
beats 0 and 1. With --request: 0 both accounts answer the same, 1 they do not, or
an answer is undecided.`, `
  iamctl explain dev qa ci-deployer
  iamctl explain baseline/dev dev account-2 qa app1_dev --json
  iamctl explain fleet/dev fleet/qa app1_dev --effective
  iamctl explain dev qa app1_dev --request action=s3:PutObject,resource=arn:aws:s3:::app1-dev/x
  iamctl explain dev qa ci --request action=sts:AssumeRole,principal=arn:aws:iam::555555555555:root,sts:ExternalId=7f3a`),
		Flags: append([]cli.Flag{
			&cli.GenericFlag{Name: "request", Value: &texts{}, Usage: "ask both accounts: `REQUEST` is action=...,resource=...,key=value (repeat for more questions)"},
			&cli.BoolFlag{Name: "as-written", Usage: "put --request to both accounts word for word, without the dictionary"},
			dictionaryFlag(), referenceFlag(), ignoreFlag(), effectiveFlag(), organizationFlag(), colorFlag(), sameAccountFlag(), regionFlag(), quietFlag(),
			jsonFlag("print JSON"),
		}, roleFlags()...),
		Action: func(c *cli.Context) error { return runExplain(e, c) },
	}
}

func runExplain(e *env, c *cli.Context) error {
	args := c.Args().Slice()
	if len(args) != 3 && len(args) != 5 {
		return usage("explain", "explain takes SOURCE_1 SOURCE_2 ROLE or SOURCE_1 TAG_1 SOURCE_2 TAG_2 ROLE, got %s", count(len(args), "argument"))
	}
	sides, err := sidesIn("explain", args[:len(args)-1])
	if err != nil {
		return err
	}
	role := args[len(args)-1]
	if role == "" {
		return usage("explain", "the role's name is empty")
	}
	o := compare.Options{}
	if o.Ignore, err = ignoredKinds(c); err != nil {
		return err
	}
	if o.Effective, err = effectiveAsked(c, "explain"); err != nil {
		return err
	}
	questions, err := questionsOf(c)
	if err != nil {
		return err
	}
	if o.Inputs, err = readInputs(e, c); err != nil {
		return err
	}
	story, err := explainSides(e, c, sides, role, questions, o)
	if err != nil {
		return err
	}
	if err := printStory(e, c, story); err != nil {
		return err
	}
	return outcome(story.ExitCode)
}

// explainSides compares with progress on the terminal, which ends before anything else
// is printed.
func explainSides(e *env, c *cli.Context, sides [2]compare.Side, role string, questions []meaning.Question, o compare.Options) (*result.Story, error) {
	p := newProgress(e, c.Bool("quiet"))
	defer p.wait()
	o.Reader = newReader(e, c, p)
	return compare.Explain(c.Context, sides, role, questions, o)
}

func printStory(e *env, c *cli.Context, s *result.Story) error {
	switch {
	case c.Bool("json"):
		return e.printJSON(s)
	case c.Bool("quiet"):
		return nil
	}
	return explain.Story(e.stdout, s, explain.Options{Color: e.color(c), Width: e.width})
}
