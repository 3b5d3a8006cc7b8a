package report

import (
	"os"
	"testing"
)

func TestDumpHTML(t *testing.T) {
	h, _ := os.Create("/tmp/hostile.html")
	defer h.Close()
	if err := HTML(h, htmlHostileRun()); err != nil {
		t.Fatal(err)
	}
	f, _ := os.Create("/tmp/sample.html")
	defer f.Close()
	if err := HTML(f, htmlSampleRun()); err != nil {
		t.Fatal(err)
	}
}
