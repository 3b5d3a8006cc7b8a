package reference

import (
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"iamctl/policy"
)

// fileReader reads the members of an iam.json, in any order.
type fileReader struct {
	p    *parser
	seen map[string]bool
	// unknown is the first unknown member, held back until it is clear that
	// the file is not a foreign one.
	unknown error

	version, source string
	found           []rawService
	prefixes        map[string]bool // folded
	services        []*Service
}

// rawService is a service whose value was skipped.
type rawService struct {
	prefix string
	at     int // of its value
}

func newFileReader(p *parser) *fileReader {
	return &fileReader{p: p, seen: map[string]bool{}, prefixes: map[string]bool{}}
}

func (f *fileReader) read() error {
	if err := f.p.object("iam.json", "", f.member); err != nil {
		return err
	}
	if err := f.complete(); err != nil {
		return err
	}
	if len(f.found) == 0 {
		return errorAt(0, "it holds no services")
	}
	return f.decode()
}

// complete checks that all members and no others were there.
func (f *fileReader) complete() error {
	if !f.seen["format"] {
		return errorAt(0, "it has no member \"format\", so it is not an iam.json of iamctl")
	}
	if f.unknown != nil {
		return f.unknown
	}
	for _, name := range []string{"formatVersion", "version", "source", "services"} {
		if !f.seen[name] {
			return errorAt(0, "it has no member %q", name)
		}
	}
	return nil
}

// foreign reports whether the file has the form of AWS IAMCTL.
func (f *fileReader) foreign() bool { return f.seen["serviceMap"] && !f.seen["format"] }

func (f *fileReader) member(name string, at int) (err error) {
	if f.seen[name] {
		return errorAt(at, "%q stands twice", name)
	}
	f.seen[name] = true
	switch name {
	case "format":
		return f.readFormat()
	case "formatVersion":
		return f.readFormatVersion()
	case "version":
		f.version, err = f.text("version")
		return err
	case "source":
		f.source, err = f.text("source")
		return err
	case "services":
		return f.p.object("services", "", f.findService)
	}
	if f.unknown == nil {
		f.unknown = errorAt(at, "unknown member %q", name)
	}
	f.p.value()
	return nil
}

func (f *fileReader) readFormat() error {
	format, at, err := f.p.string("format", "")
	if err == nil && format != formatName {
		err = errorAt(at, "the format is %q, not %q", format, formatName)
	}
	return err
}

func (f *fileReader) readFormatVersion() error {
	raw, at := f.p.value()
	n, notANumber := strconv.Atoi(raw)
	switch {
	case notANumber != nil || n < 1:
		return errorAt(at, "the format's version is %.20s, not a number from 1", raw)
	case n > formatVersion:
		return errorAt(at, "the format's version is %d and this iamctl reads %d: a newer iamctl wrote the file", n, formatVersion)
	}
	return nil
}

func (f *fileReader) text(what string) (string, error) {
	s, at, err := f.p.string(what, "")
	if err == nil && !validText(s) {
		err = errorAt(at, "%s is empty or has control characters", what)
	}
	return s, err
}

func (f *fileReader) findService(prefix string, at int) error {
	if !validToken(prefix) {
		return errorAt(at, "%q is not a service prefix", prefix)
	}
	if f.prefixes[policy.Fold(prefix)] {
		return errorAt(at, "the service %s stands twice (letter case does not count)", prefix)
	}
	f.prefixes[policy.Fold(prefix)] = true
	_, at = f.p.value()
	f.found = append(f.found, rawService{prefix, at})
	return nil
}

// decode decodes the services, which is most of the work, side by side. Of
// several errors it returns the first in the file.
func (f *fileReader) decode() error {
	f.services = make([]*Service, len(f.found))
	errs := make([]error, len(f.found))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 4) {
		group.Go(func() {
			d := newDecoder(&parser{text: f.p.text})
			for i := int(next.Add(1)) - 1; i < len(f.found); i = int(next.Add(1)) - 1 {
				d.p.pos = f.found[i].at
				f.services[i], errs[i] = d.service(f.found[i].prefix)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
