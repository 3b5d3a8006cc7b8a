package sarif

import (
	"os"
	"testing"
)

// TestMatrixSchema holds the log of many accounts against the schema of SARIF.
func TestMatrixSchema(t *testing.T) {
	log, err := os.ReadFile("../format/testdata/matrix.sarif")
	if err != nil {
		t.Fatal(err)
	}
	checkSARIF(t, log)
}
