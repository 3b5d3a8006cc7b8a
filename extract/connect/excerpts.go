package connect

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// excerpts makes excerpts of shared files, each of which is read once for all profiles as long
// as it does not change. The zero value is ready.
type excerpts struct {
	mu    sync.Mutex
	files map[string]sharedFile
}

// sharedFile is a shared file that was taken apart, and what it was like then.
type sharedFile struct {
	*sections
	size     int64
	modified time.Time
}

// load calls one with files that say about a profile what the shared files do. Where that fails it
// calls it with the shared files themselves, whose errors are the ones to tell.
func (e *excerpts) load(profile string, files Files, one func(Files) error) error {
	if part, ok := e.of(profile, files); ok && part.use(one) == nil {
		return nil
	}
	return one(files)
}

// of returns what the shared files say about a profile; false where the SDK had better read
// the files itself.
func (e *excerpts) of(profile string, files Files) (excerpt, bool) {
	if e == nil || profile == "" || !canExcerpt {
		return excerpt{}, false
	}
	paths := files.paths()
	e.mu.Lock()
	defer e.mu.Unlock()
	config, err := e.file(paths[0])
	credentials, other := e.file(paths[1])
	if err != nil || other != nil {
		return excerpt{}, false
	}
	return excerptOf(profile, config, credentials)
}

// file returns the sections of a file; one that is not there has none, as for the SDK.
func (e *excerpts) file(path string) (*sections, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &sections{}, nil
	}
	if err != nil {
		return nil, err
	}
	known := e.files[path]
	if known.sections != nil && known.size == info.Size() && known.modified.Equal(info.ModTime()) {
		return known.sections, nil
	}
	f, err := openShared(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	if e.files == nil {
		e.files = map[string]sharedFile{}
	}
	e.files[path] = sharedFile{scanSections(string(text)), info.Size(), info.ModTime()}
	return e.files[path].sections, nil
}
