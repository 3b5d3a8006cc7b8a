package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/internal/hint"
)

// notifier is the user's command that hears of new drift.
type notifier struct {
	// command is a line for the shell, "" for none.
	command string
	// aws leaves the AWS credentials of the environment to the command.
	aws bool
}

// run runs the command with the markdown report on its standard input. It is the
// only thing that iamctl ever sends anywhere. written is what there is all the same if it
// fails.
func (n notifier) run(ctx context.Context, e *env, markdown func(io.Writer) error, written string) error {
	var text bytes.Buffer
	if err := markdown(&text); err != nil {
		return err
	}
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	cmd := exec.CommandContext(ctx, shell, flag, n.command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &text, e.rawStderr, e.rawStderr
	if !n.aws {
		cmd.Env = withoutCredentials(os.Environ())
	}
	if err := cmd.Run(); err != nil {
		return hint.With(fmt.Errorf("--notify-command: %w", err), "%s all the same", written)
	}
	return nil
}

// harmlessAWS are the variables of AWS's tools that name things: a profile, a
// region, a file. All others hold a credential or say where one is to be had, or
// may do so tomorrow.
var harmlessAWS = []string{
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_DEFAULT_OUTPUT", "AWS_PAGER",
	"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE", "AWS_EC2_METADATA_DISABLED",
	"AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
}

// notifyFlag is that of a command that hears of what is new.
func notifyFlag(news string) cli.Flag {
	return &cli.StringFlag{Name: "notify-command", Usage: "run `COMMAND` with the markdown report on its input, and without AWS credentials in its environment, if there is " + news}
}

func notifyCredentialsFlag() cli.Flag {
	return &cli.BoolFlag{Name: "notify-with-credentials", Usage: "leave the AWS credentials of the environment to --notify-command, as for 'aws sns publish'"}
}

func newNotifier(c *cli.Context) notifier {
	return notifier{c.String("notify-command"), c.Bool("notify-with-credentials")}
}

// withoutCredentials returns an environment without the AWS credentials of iamctl.
func withoutCredentials(environ []string) []string {
	return slices.DeleteFunc(environ, func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		name = strings.ToUpper(name) // Windows does not tell letter case apart
		return strings.HasPrefix(name, "AWS_") && !slices.Contains(harmlessAWS, name) && !strings.HasPrefix(name, "AWS_ENDPOINT_URL")
	})
}
