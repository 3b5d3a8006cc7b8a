package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is set by the linker for a released build.
var release = ""

// version returns the release, or the commit that the program was built from.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "development"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return fmt.Sprintf("development (%s, %s)", s.Value[:12], runtime.Version())
		}
	}
	return fmt.Sprintf("development (%s)", runtime.Version())
}
