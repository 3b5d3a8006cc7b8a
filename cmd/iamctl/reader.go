package main

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/extract/connect"
	"iamctl/internal/visible"
	"iamctl/waiver"
)

// newReader returns a reader of accounts by the flags and the environment.
func newReader(e *env, c *cli.Context, p *progress) *compare.Reader {
	return &compare.Reader{
		Region: c.String("region"), Files: sharedFiles(e), MFAToken: e.mfaToken, Note: e.note, SameAccount: c.Bool("same-account"),
		Day: day(e), Into: into(c), Connections: connect.NewConnections(accountsAtOnce),
		Progress: p.reads, Reading: p.reading,
	}
}

// accountsAtOnce is how many accounts are read from AWS at a time, unless --concurrency says
// something else.
const accountsAtOnce = 16

// sharedFiles returns the AWS CLI's configuration files.
func sharedFiles(e *env) connect.Files {
	return connect.Files{Config: e.getenv("AWS_CONFIG_FILE"), Credentials: e.getenv("AWS_SHARED_CREDENTIALS_FILE")}
}

// prompt keeps two accounts from asking at the same time.
var prompt sync.Mutex

// mfaToken asks the user for the code of an MFA device.
func (e *env) mfaToken(serial string) (string, error) {
	if !e.stdinTerminal {
		return "", errors.New("the profile asks for an MFA code, and there is no terminal to ask on")
	}
	prompt.Lock()
	defer prompt.Unlock()
	fmt.Fprintf(e.stderr, "MFA code for %s: ", visible.Escape(serial))
	line, err := bufio.NewReader(e.stdin).ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(line), nil
}

// runTime returns the time of the run, in UTC: by SOURCE_DATE_EPOCH
// (reproducible-builds.org) where the same bytes are wanted, else by the clock.
func runTime(e *env) string { return runMoment(e).Format(time.RFC3339) }

// runMoment returns the time that runTime writes.
func runMoment(e *env) time.Time {
	t := e.now()
	if seconds, err := strconv.ParseInt(e.getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		t = time.Unix(seconds, 0)
	}
	return t.UTC()
}

// day returns the day by the clock, in UTC.
func day(e *env) time.Time { return e.now().UTC().Truncate(24 * time.Hour) }

// today returns the day by the clock, in the user's time zone.
func today(e *env) waiver.Date { return dateOf(e.now()) }

// dateOf returns the day of a time, in its own time zone.
func dateOf(t time.Time) waiver.Date {
	y, m, d := t.Date()
	return waiver.Date{Year: y, Month: int(m), Day: d}
}
