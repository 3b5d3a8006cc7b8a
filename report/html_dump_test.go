package report

import (
	"os"
	"testing"
)

func TestDumpHTML(t *testing.T) {
	for name, r := range map[string]*Run{"hostile": htmlHostileRun(), "sample": htmlSampleRun(), "large": htmlLargeRun(5000)} {
		f, _ := os.Create("/tmp/htmlwork/" + name + ".html")
		defer f.Close()
		if err := HTML(f, r); err != nil {
			t.Fatal(err)
		}
	}
}
