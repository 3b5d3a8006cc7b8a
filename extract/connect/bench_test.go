package connect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkOpen opens one profile of a thousand, for itself and as one of many.
//
//	AWS_CA_BUNDLE= go test -run '^$' -bench . ./extract/connect
func BenchmarkOpen(b *testing.B) {
	files := thousand(b)
	for name, connections := range map[string]*Connections{"alone": nil, "shared": NewConnections(1)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Open(b.Context(), Options{Profile: "p500", Files: files, Connections: connections}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkProfiles lists a thousand profiles.
func BenchmarkProfiles(b *testing.B) {
	files := thousand(b)
	for b.Loop() {
		if all, err := Profiles(b.Context(), files); err != nil || len(all) != 1000 {
			b.Fatal(len(all), err)
		}
	}
}

func thousand(b *testing.B) Files {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "[profile p%03d]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n%s", i, keys)
	}
	path := filepath.Join(b.TempDir(), "config")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return Files{Config: path, Credentials: path + ".none"}
}
