import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Real TLS handshakes of JSSE with itself on loopback, for the cases of one folder.
 *
 * <p>The folder holds cases.txt (lines of name, tab, host) and for each name NAME.key.pem, NAME.chain.pem (what the
 * server sends, its own certificate first) and NAME.trust.pem. For each case two lines are printed: name, "chain"
 * or "names" (endpoint identification off or HTTPS), and "OK" or what the client's exception says, between tabs.
 */
public final class Handshake {
    /** Presents one chain exactly as it was given, as a key manager over a key ring does. */
    private static final class OneChain extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneChain(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        private String choose(String type) {
            return type.equals(key.getAlgorithm()) ? "server" : null;
        }

        @Override public String[] getClientAliases(String type, Principal[] issuers) { return null; }
        @Override public String chooseClientAlias(String[] t, Principal[] i, Socket s) { return null; }
        @Override public String[] getServerAliases(String type, Principal[] i) { return new String[] {"server"}; }
        @Override public String chooseServerAlias(String type, Principal[] i, Socket s) { return choose(type); }
        @Override public String chooseEngineServerAlias(String t, Principal[] i, SSLEngine e) { return choose(t); }
        @Override public X509Certificate[] getCertificateChain(String alias) { return chain; }
        @Override public PrivateKey getPrivateKey(String alias) { return key; }
    }

    private static X509Certificate[] certificates(Path file) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
            .toArray(new X509Certificate[0]);
    }

    private static PrivateKey key(Path file, String algorithm) throws Exception {
        String text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance(algorithm)
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    private static SSLContext server(Path folder, String name) throws Exception {
        X509Certificate[] chain = certificates(folder.resolve(name + ".chain.pem"));
        PrivateKey key = key(folder.resolve(name + ".key.pem"), chain[0].getPublicKey().getAlgorithm());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneChain(key, chain)}, null, null);
        return context;
    }

    private static SSLContext client(Path folder, String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate trusted : certificates(folder.resolve(name + ".trust.pem"))) {
            store.setCertificateEntry("trusted" + number++, trusted);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static void serve(ServerSocket listener, SSLContext context) {
        try (Socket plain = listener.accept();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, 0, true)) {
            socket.setUseClientMode(false);
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (Exception refused) {
            // The client's side of the story is the one that counts.
        }
    }

    private static String call(ServerSocket listener, SSLContext context, String host, boolean names) {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, host, listener.getLocalPort(), true)) {
            if (names) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return "OK";
        } catch (Exception refused) {
            StringBuilder text = new StringBuilder();
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                text.append(text.length() == 0 ? "" : " <- ").append(cause.getMessage());
            }
            return text.toString().replaceAll("\\s+", " ");
        }
    }

    /** Runs every case of the folder that the only argument names. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        StringBuilder report = new StringBuilder();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (String line : Files.readAllLines(folder.resolve("cases.txt"))) {
                String name = line.split("\t")[0];
                String host = line.split("\t")[1];
                SSLContext server = server(folder, name);
                SSLContext client = client(folder, name);
                for (boolean names : new boolean[] {false, true}) {
                    Future<?> served = threads.submit(() -> serve(listener, server));
                    String outcome = call(listener, client, host, names);
                    served.get();
                    report.append(name).append('\t').append(names ? "names" : "chain").append('\t');
                    report.append(outcome).append('\n');
                }
            }
        } finally {
            threads.shutdown();
        }
        System.out.print(report);
    }
}
