package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"iamctl/internal/hint"
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
}

// colour reports whether stdout may be coloured (no-color.org).
func (e *env) colour() bool {
	return e.stdoutTerminal && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
}

// run runs the program: args begin with its name.
func run(ctx context.Context, e *env, args []string) error {
	app := newApp(e)
	for _, c := range app.Commands {
		explainUsage(c)
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
		return hint.With(err, "see '%s --help'", c.Command.HelpName)
	}
	for _, sub := range c.Subcommands {
		explainUsage(sub)
	}
}

func newApp(e *env) *cli.App {
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Usage: "print the version and exit", DisableDefaultText: true}
	return &cli.App{
		Name:                   "iamctl",
		Usage:                  "tell whether AWS accounts that should have the same IAM roles still do",
		Description:            description,
		Version:                version(),
		Writer:                 e.stdout,
		ErrWriter:              e.stderr,
		EnableBashCompletion:   true,
		Suggest:                true,
		UseShortOptionHandling: false,
		HideHelpCommand:        false,
		ExitErrHandler:         func(*cli.Context, error) {},
		OnUsageError: func(c *cli.Context, err error, _ bool) error {
			return hint.With(err, "see 'iamctl --help'")
		},
		CommandNotFound: nil,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return hint.With(fmt.Errorf("there is no command %q", c.Args().First()), "see 'iamctl --help' for the commands")
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{
			initCommand(e),
			listProfilesCommand(e),
			harvestCommand(e),
			diffCommand(e),
			snapshotCommand(e),
			referenceCommand(e),
			reportCommand(e),
			waiveCommand(e),
			suggestCommand(e),
			completionCommand(e),
		},
	}
}

const description = `iamctl reads the roles and policies of two AWS accounts, rewrites what is meant
to differ between them (account ids, environment names) and reports what still
differs. It only ever reads.

A SOURCE is an AWS profile, a snapshot folder or a JSON file as printed by
"aws iam get-account-authorization-details". A name with a / or ending in
.json is a path; anything else is a profile.

Exit codes: 0 in sync, 1 drift, 2 usage or failure, 3 incomplete: something
could not be read, parsed or compared.`
