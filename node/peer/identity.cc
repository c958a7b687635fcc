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

Identity identity_of(base::ByteView seed) {
  CHECK(seed.size() == 32);
  Key const key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())};
  CHECK(key != nullptr);
  auto const public_key = raw_public_key(key.get());
  CHECK(public_key);
  auto const certificate = self_signed(key.get());
  Memory const key_text{BIO_new(BIO_s_mem())};
  Memory const certificate_text{BIO_new(BIO_s_mem())};
  CHECK(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) == 1);
  CHECK(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1);
  return {.key = *public_key,
          .private_key_pem = text_of(key_text.get()),
          .certificate_pem = text_of(certificate_text.get())};
}

std::optional<protocol::PublicKey> key_of_certificate(std::string_view certificate_pem) {
  Memory const in{
      BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size()))};
  Certificate const certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)};
  if (certificate == nullptr) return std::nullopt;
  return raw_public_key(X509_get0_pubkey(certificate.get()));
}

}  // namespace node::peer
