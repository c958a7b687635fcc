#include "node/peer/tls.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>

namespace node::peer {
namespace {

namespace tls = grpc::experimental;

std::string_view view_of(grpc::string_ref const& text) {
  return {text.data(), text.size()};
}

class PinnedKeys final : public tls::ExternalCertificateVerifier {
 public:
  explicit PinnedKeys(std::vector<protocol::PublicKey> pinned) : pinned_{std::move(pinned)} {}

  bool Verify(tls::TlsCustomVerificationCheckRequest* request, std::function<void(grpc::Status)>,
              grpc::Status* sync_status) override {
    auto const key = key_of_certificate(view_of(request->peer_cert()));
    auto const expected = key && std::ranges::find(pinned_, *key) != pinned_.end();
    *sync_status = expected ? grpc::Status::OK
                            : grpc::Status{grpc::StatusCode::UNAUTHENTICATED,
                                           "the node key of the certificate is not the pinned one"};
    return true;
  }
  void Cancel(tls::TlsCustomVerificationCheckRequest*) override {}

 private:
  std::vector<protocol::PublicKey> pinned_;
};

std::shared_ptr<tls::CertificateProviderInterface> provider_of(Identity const& mine) {
  return std::make_shared<tls::StaticDataCertificateProvider>(
      std::vector{tls::IdentityKeyCertPair{mine.private_key_pem, mine.certificate_pem}});
}

std::shared_ptr<tls::CertificateVerifier> verifier_of(std::vector<protocol::PublicKey> pinned) {
  return tls::ExternalCertificateVerifier::Create<PinnedKeys>(std::move(pinned));
}

}  // namespace

std::shared_ptr<grpc::ServerCredentials> server_credentials(
    Identity const& mine, std::vector<protocol::PublicKey> pinned) {
  tls::TlsServerCredentialsOptions options{provider_of(mine)};
  options.watch_identity_key_cert_pairs();
  // "Don't verify" is about the chain of a certificate authority, which there is none.
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  options.set_certificate_verifier(verifier_of(std::move(pinned)));
  return tls::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> channel_credentials(Identity const& mine,
                                                              protocol::PublicKey const& pinned) {
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(provider_of(mine));
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(verifier_of({pinned}));
  return tls::TlsCredentials(options);
}

std::optional<protocol::PublicKey> node_key_of(grpc::AuthContext const& context) {
  auto const certificates = context.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (certificates.size() != 1) return std::nullopt;
  return key_of_certificate(view_of(certificates.front()));
}

}  // namespace node::peer
