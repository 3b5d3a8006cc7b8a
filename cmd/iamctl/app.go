package main

import (
	"context"
	"io"
	"time"

	"github.com/urfave/cli/v2"
)

// env is everything that the program takes from outside, so that it can run
// inside a test.
type env struct {
	stdin io.Reader
	// stdout and stderr may be the log of a CI, to which nothing in a text may be
	// a command.
	stdout, stderr io.Writer
	// rawStderr is what stderr writes to: for the bars, which need the terminal
	// itself, and for the user's own command.
	rawStderr io.Writer
	getenv    func(string) string
	now       func() time.Time
	// home is the user's home folder, "" if there is none.
	home                           string
	stdoutTerminal, stderrTerminal bool
	stdinTerminal                  bool
	// width of the terminal in columns, 0 if not known.
	width int
	// unfinished is the output that goes if the run is interrupted.
	unfinished unfinished
}

// run runs the program: args begin with its name.
func run(ctx context.Context, e *env, args []string) error {
	app := newApp(e)
	for _, c := range app.Commands {
		explainUsage(c)
	}
	if len(args) > 1 && args[len(args)-1] == completionAsked {
		printCompletions(ctx, e, app, args[:len(args)-1])
		return nil
	}
	args, err := permute(app, args)
	if err != nil {
		return err
	}
	return app.RunContext(ctx, args)
}

// explainUsage makes errors in the flags of a command short, and points at
// its help, in place of printing all of that on stdout.
func explainUsage(c *cli.Command) {
	c.OnUsageError = func(c *cli.Context, err error, _ bool) error {
		return badFlag(err, c.Command.HelpName, c.Command.Flags)
	}
	for _, sub := range c.Subcommands {
		explainUsage(sub)
	}
}

func newApp(e *env) *cli.App {
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Usage: "print the version and exit", DisableDefaultText: true}
	return &cli.App{
		Name:                   "iamctl",
		Usage:                  "tell whether AWS accounts that should have the same IAM roles still do",
		Description:            description,
		Version:                version(),
		Writer:                 e.stdout,
		ErrWriter:              e.stderr,
		UseShortOptionHandling: false,
		HideHelpCommand:        false,
		ExitErrHandler:         func(*cli.Context, error) {},
		OnUsageError: func(c *cli.Context, err error, _ bool) error {
			return badFlag(err, "iamctl", nil)
		},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return noCommand(c.Args().First(), c.App.Commands)
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{
			initCommand(e),
			listProfilesCommand(e),
			harvestCommand(e),
			diffCommand(e),
			explainCommand(e),
			auditCommand(e), matrixCommand(e),
			snapshotCommand(e), exportCommand(e),
			referenceCommand(e),
			reportCommand(e),
			waiveCommand(e),
			suggestCommand(e),
			policyCommand(e),
			completionCommand(e),
			manCommand(e),
			versionCommand(e),
		},
	}
}

const description = `iamctl reads the roles and policies of two AWS accounts, or of many, rewrites
what is meant to differ between them (account ids, environment names) and reports
what still differs. It only ever reads.

A SOURCE is an AWS profile, a snapshot folder or a JSON file as printed by
"aws iam get-account-authorization-details". A name with a / or ending in
.json is a path; anything else is a profile. Commands that take many also know
org:PROFILE, all accounts of an organisation, accounts:FILE.csv, and patterns
of paths such as 'fleet/*'.

` + exitCodes

// exitCodes are what a script may rely on.
const exitCodes = `Exit codes: 0 in sync, 1 drift, 2 usage or failure, 3 incomplete: something
could not be read, parsed or compared; 130 interrupted. 3 beats 0 and 1.`
