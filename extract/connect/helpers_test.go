package connect_test

import (
	"strings"
	"testing"
)

// The static keys of the test profiles. Nothing may ever print them.
const (
	keyID  = "AKIATESTTESTTESTTEST"
	secret = "testSecretTestSecretTestSecretTestSecret"
)

// noSecrets fails if a text holds a credential.
func noSecrets(t *testing.T, text string) {
	t.Helper()
	for _, s := range []string{keyID, secret} {
		if strings.Contains(text, s) {
			t.Errorf("a credential (%s...) in: %s", s[:8], text)
		}
	}
}
