package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"sync"

	"iamctl/report"
)

// askOnce keeps two accounts from asking at the same time.
var askOnce sync.Mutex

// mfaToken asks the person at the terminal for the code of an MFA device.
func (e *env) mfaToken(serial string) (string, error) {
	if !e.stdinTerminal {
		return "", errors.New("the profile asks for an MFA code, and there is no terminal to ask on")
	}
	askOnce.Lock()
	defer askOnce.Unlock()
	fmt.Fprintf(e.stderr, "MFA code for %s: ", report.Escape(serial))
	line, err := bufio.NewReader(e.stdin).ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(line), nil
}
