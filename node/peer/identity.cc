#include "node/peer/identity.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "protocol/base/check.h"

namespace node::peer {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* held) const {
    release(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO_free_all>>;

// RFC 5280, 4.1.2.5: a certificate without a well-defined end says so with this date.
constexpr auto no_expiry = "99991231235959Z";
// Any date in the past: a peer whose clock is wrong must still be able to talk.
constexpr auto since_ever = "19700101000000Z";

Memory reader_of(std::string_view text) {
  return Memory{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::optional<protocol::PublicKey> raw_public_key(EVP_PKEY const* key) {
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) return std::nullopt;
  protocol::PublicKey raw;
  auto size = raw.data.size();
  if (EVP_PKEY_get_raw_public_key(key, raw.data.data(), &size) != 1) return std::nullopt;
  return raw;
}

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate{X509_new()};
  CHECK(certificate != nullptr);
  auto* x509 = certificate.get();
  CHECK(X509_set_version(x509, X509_VERSION_3) == 1);
  CHECK(ASN1_INTEGER_set(X509_get_serialNumber(x509), 1) == 1);
  CHECK(ASN1_TIME_set_string_X509(X509_getm_notBefore(x509), since_ever) == 1);
  CHECK(ASN1_TIME_set_string_X509(X509_getm_notAfter(x509), no_expiry) == 1);
  auto* name = X509_get_subject_name(x509);
  auto const* common_name = "labord";
  CHECK(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, base::bytes_of(common_name).data(), -1,
                                   -1, 0) == 1);
  CHECK(X509_set_issuer_name(x509, name) == 1);
  CHECK(X509_set_pubkey(x509, key) == 1);
  CHECK(X509_sign(x509, key, nullptr) != 0);  // Ed25519 brings its own digest.
  return certificate;
}

}  // namespace

Identity make_identity() {
  Key const key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
  CHECK(key != nullptr);
  auto const certificate = self_signed(key.get());
  Memory const key_text{BIO_new(BIO_s_mem())};
  Memory const certificate_text{BIO_new(BIO_s_mem())};
  CHECK(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) == 1);
  CHECK(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1);
  return {.private_key_pem = text_of(key_text.get()),
          .certificate_pem = text_of(certificate_text.get())};
}

std::optional<protocol::PublicKey> key_of_certificate(std::string_view certificate_pem) {
  auto const in = reader_of(certificate_pem);
  Certificate const certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)};
  if (certificate == nullptr) return std::nullopt;
  return raw_public_key(X509_get0_pubkey(certificate.get()));
}

std::string_view explain(IdentityRefusal refusal) {
  switch (refusal) {
    case IdentityRefusal::bad_private_key:
      return "it is not an unencrypted PEM Ed25519 private key";
    case IdentityRefusal::bad_certificate:
      return "it is not a PEM certificate of an Ed25519 key";
    case IdentityRefusal::mismatch:
      return "the certificate belongs to another private key";
  }
  UNREACHABLE();
}

std::expected<protocol::PublicKey, IdentityRefusal> check_identity(Identity const& identity) {
  auto const in = reader_of(identity.private_key_pem);
  // An encrypted key must be refused, not asked for on the terminal.
  auto const no_password = [](char*, int, int, void*) { return -1; };
  Key const key{PEM_read_bio_PrivateKey(in.get(), nullptr, no_password, nullptr)};
  auto const mine = raw_public_key(key.get());
  if (!mine) return std::unexpected{IdentityRefusal::bad_private_key};
  auto const certified = key_of_certificate(identity.certificate_pem);
  if (!certified) return std::unexpected{IdentityRefusal::bad_certificate};
  if (*certified != *mine) return std::unexpected{IdentityRefusal::mismatch};
  return *mine;
}

}  // namespace node::peer
