package verdict_test

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"iamctl/verdict"
)

func TestZZ3(t *testing.T) {
	runtime.LockOSThread()
	pairs := readVersions(t)
	c := verdict.NewComparer(verdict.Options{})
	var part []versionPair
	for _, p := range pairs {
		for _, n := range strings.Split(os.Getenv("ZZ"), ",") {
			if strings.HasPrefix(p.name, n) {
				part = append(part, p)
			}
		}
	}
	pairs = nil
	f, _ := os.Create("/tmp/swift/part.prof")
	n, begin := 0, processorTime()
	for _, p := range part {
		c.Identity(permissions(p.old), permissions(p.new))
	}
	pprof.StartCPUProfile(f)
	begin = processorTime()
	for processorTime()-begin < 4*time.Second {
		for _, p := range part {
			c.Identity(permissions(p.old), permissions(p.new))
		}
		n += len(part)
	}
	pprof.StopCPUProfile()
	t.Log(n, (processorTime()-begin)/time.Duration(n))
	f.Close()
}
