package reference

import (
	"strconv"

	"iamctl/policy"
)

// fileReader reads the members of an iam.json, in any order.
type fileReader struct {
	p    *parser
	d    *decoder
	seen map[string]bool
	// unknown is the first unknown member, held back until it is clear that
	// the file is not a foreign one.
	unknown error
	// waiting are services that came before the version of the format.
	waiting rawValue

	version, source string
	services        []*Service
	prefixes        map[string]bool // folded
}

func newFileReader(p *parser) *fileReader {
	return &fileReader{p: p, d: newDecoder(p), seen: map[string]bool{}, prefixes: map[string]bool{}}
}

func (f *fileReader) read() error {
	if err := f.p.object("iam.json", "", f.member); err != nil {
		return err
	}
	if err := f.complete(); err != nil {
		return err
	}
	if f.waiting.text != "" {
		if err := f.readWaiting(); err != nil {
			return err
		}
	}
	if len(f.services) == 0 {
		return errorAt(0, "it holds no services")
	}
	return nil
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
		if !f.seen["formatVersion"] {
			f.waiting.text, f.waiting.at = f.p.value()
			return nil
		}
		return f.p.object("services", "", f.readService)
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

func (f *fileReader) readService(prefix string, at int) error {
	if !validToken(prefix) {
		return errorAt(at, "%q is not a service prefix", prefix)
	}
	if f.prefixes[policy.Fold(prefix)] {
		return errorAt(at, "the service %s stands twice (letter case does not count)", prefix)
	}
	f.prefixes[policy.Fold(prefix)] = true
	s, err := f.d.service(prefix)
	f.services = append(f.services, s)
	return err
}

func (f *fileReader) readWaiting() error {
	f.p.pos = f.waiting.at
	return f.p.object("services", "", f.readService)
}
