package sarif

import (
	"os"
	"testing"
)

// TestAuditSchema holds logs of audits against the schema of SARIF.
func TestAuditSchema(t *testing.T) {
	for _, name := range []string{"whole", "clean", "chain"} {
		log, err := os.ReadFile("../findings/testdata/" + name + ".sarif")
		if err != nil {
			t.Fatal(err)
		}
		checkSARIF(t, log)
	}
}
