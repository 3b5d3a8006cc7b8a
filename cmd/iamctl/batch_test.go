package main

import (
	"bufio"
	"fmt"
	"io"
	"testing"
	"time"
)

// TestBatchAnswersAtOnce: whoever writes a question and waits has its answer.
func TestBatchAnswersAtOnce(t *testing.T) {
	questions, ask := io.Pipe()
	answers, out := io.Pipe()
	e := &env{
		stdin: questions, stdout: out, stderr: io.Discard, rawStderr: io.Discard,
		getenv: func(string) string { return "" }, now: time.Now, home: t.TempDir(),
	}
	done := make(chan error)
	go func() {
		done <- run(t.Context(), e, []string{"iamctl", "policy", "diff", "--batch", "-"})
	}()
	read := bufio.NewScanner(answers)
	for i := range 3 {
		if _, err := fmt.Fprintf(ask, `{"id":%d,"old":[],"new":[]}`+"\n", i); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(`{"id":%d,"verdict":"EQUAL"`, i)
		if !read.Scan() || len(read.Text()) < len(want) || read.Text()[:len(want)] != want {
			t.Fatalf("question %d: answered %q, want %s...", i, read.Text(), want)
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
