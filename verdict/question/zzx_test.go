package question_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

func cpu() time.Duration {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t)
	return time.Duration(t.Nano())
}

func TestZZX(t *testing.T) {
	runtime.LockOSThread()
	files, _ := filepath.Glob("/tmp/breaker3/worst_*.jsonl")
	more, _ := filepath.Glob("/tmp/swift/worst_*.jsonl")
	for _, name := range append(files, more...) {
		data, _ := os.ReadFile(name)
		for i, line := range bytes.Split(data, []byte("\n")) {
			if len(line) == 0 {
				continue
			}
			q, err := question.Parse(line)
			if err != nil {
				fmt.Println(name, err)
				continue
			}
			c := verdict.NewComparer(verdict.Options{})
			old, new := &verdict.Permissions{Identity: q.Old.Documents, Boundary: q.Old.Boundary}, &verdict.Permissions{Identity: q.New.Documents, Boundary: q.New.Boundary}
			b := cpu()
			w := time.Now()
			r := c.Identity(old, new)
			d := cpu() - b
			dw := time.Since(w)
			b = cpu()
			j := severity.Identity(c, old, new, r)
			fmt.Println(filepath.Base(name), i, len(line), r.Verdict, r.Reason, d, "wall", dw, "severity", cpu()-b, j.Kind)
		}
	}
}
