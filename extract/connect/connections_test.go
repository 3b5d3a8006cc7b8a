package connect

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestConnectionsAreShared: the next account is read on the connections of the one before,
// also where the profiles have a certificate authority.
func TestConnectionsAreShared(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/x</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	dir := t.TempDir()
	bundle, path := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "config")
	var text strings.Builder
	for i := range 4 {
		fmt.Fprintf(&text, "[profile p%d]\nregion = us-east-1\nendpoint_url = %s\naws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = fake\n", i, server.URL)
		if i > 1 {
			fmt.Fprintln(&text, "ca_bundle =", bundle)
		}
	}
	for name, data := range map[string][]byte{path: []byte(text.String()), bundle: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	connections := NewConnections(1)
	t.Setenv("AWS_CA_BUNDLE", bundle)
	for i := range 4 {
		if i == 2 {
			t.Setenv("AWS_CA_BUNDLE", "")
		}
		s, err := Open(t.Context(), Options{Profile: fmt.Sprintf("p%d", i), Files: Files{Config: path, Credentials: path + ".none"}, Connections: connections})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Identify(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections for 4 accounts, want 1", n)
	}
}
