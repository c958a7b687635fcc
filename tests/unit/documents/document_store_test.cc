#include "node/documents/document_store.h"

#include <gtest/gtest.h>

#include "protocol/base/hex.h"
#include "protocol/limits.h"
#include "tests/support/memory_disk.h"
#include "tests/unit/documents/scene.h"

namespace node {
namespace {

using protocol::Document;
using protocol::TimeMs;
using testing_support::MemoryDisk;
using testing_support::Person;

constexpr TimeMs now{1'000'000};

std::unique_ptr<DocumentStore> open(MemoryDisk& disk, DocumentBounds const& bounds = {}) {
  auto store = DocumentStore::open("documents", bounds, disk);
  EXPECT_TRUE(store.has_value());
  return std::move(*store);
}

class DocumentStoreTest : public testing::Test {
 protected:
  // What it says of a document: the reason why not, or nothing.
  static std::optional<DocumentRefusal> missing(DocumentStore& store, Document const& document) {
    auto const found = store.find(protocol::document_hash(document));
    if (!found) return found.error();
    EXPECT_EQ(found->document, document);
    return std::nullopt;
  }
  static std::filesystem::path file_of(Document const& document) {
    return std::filesystem::path{"documents"} / base::hex(protocol::document_hash(document).view());
  }
  labor::v1::DocumentErasure erasure(Document const& document) const {
    return erasure_of(document, alice_, genesis_of_test());
  }

  Person const alice_{1};
  Person const bob_{2};
  MemoryDisk disk_;
};

TEST_F(DocumentStoreTest, FindsWhatWasPutAfterAPowerCut) {
  auto store = open(disk_);
  auto const document = document_by(alice_, "What is to be done");
  auto const hash = store->put(document);
  ASSERT_TRUE(hash.has_value());
  EXPECT_EQ(*hash, protocol::document_hash(document));
  disk_.crash();
  store = open(disk_);
  EXPECT_EQ(missing(*store, document), std::nullopt);
  EXPECT_EQ(store->count(), 1u);
  EXPECT_EQ(store->bytes(), DocumentStore::block_bytes);
}

TEST_F(DocumentStoreTest, ATextCutShortAtAnyByteIsNotThereAndCanBePutAgain) {
  auto const document = document_by(alice_, "What is to be done");
  constexpr std::size_t header_bytes = 8 + 8 + 32 + 32;
  auto const file_bytes = header_bytes + document.text.size();
  for (std::size_t kept = 0; kept < file_bytes; ++kept) {
    SCOPED_TRACE(kept);
    MemoryDisk disk;
    auto store = open(disk);
    // Open, truncate and write; then the power goes before the name is durable, or just after.
    disk.fail(3);
    EXPECT_FALSE(store->put(document).has_value());
    disk.heal();
    EXPECT_TRUE(disk.sync_folder("documents").has_value());
    disk.crash(kept);
    store = open(disk);
    EXPECT_EQ(missing(*store, document), DocumentRefusal::not_found);
    EXPECT_EQ(store->bytes(), 0u);
    EXPECT_TRUE(store->put(document).has_value());
    disk.crash();
    EXPECT_EQ(missing(*open(disk), document), std::nullopt);
  }
}

TEST_F(DocumentStoreTest, WhatTheDiskHasDamagedIsDroppedAndNeverGivenAsTheText) {
  auto store = open(disk_);
  auto const document = document_by(alice_, "What is to be done");
  ASSERT_TRUE(store->put(document).has_value());
  disk_.bytes(file_of(document)).back() = '!';
  EXPECT_EQ(missing(*store, document), DocumentRefusal::not_found);
  EXPECT_FALSE(disk_.exists(file_of(document)));
  EXPECT_EQ(store->count(), 0u);
}

TEST_F(DocumentStoreTest, WhateverByteOfAFileIsWrongNoOtherTextIsGivenAndNoOtherIsErased) {
  auto const text = document_by(alice_, "text");
  auto const gone = document_by(alice_, "gone");
  MemoryDisk whole;
  {
    auto const store = open(whole);
    ASSERT_TRUE(store->put(text).has_value());
    ASSERT_TRUE(store->put(gone).has_value());
    ASSERT_TRUE(store->erase(erasure(gone), now).has_value());
  }
  for (auto const& path : whole.paths()) {
    for (std::size_t at = 0; at < whole.bytes(path).size(); ++at) {
      SCOPED_TRACE(path.string() + " at " + std::to_string(at));
      auto& byte = whole.bytes(path)[at];
      byte = static_cast<char>(byte ^ 0x55);
      MemoryDisk disk;
      ASSERT_TRUE(disk.create_folder("documents").has_value());
      for (auto const& name : whole.paths()) {
        auto file = disk.open(name);
        ASSERT_TRUE(file.has_value() && (*file)->write(0, whole.bytes(name)).has_value());
      }
      auto const store = open(disk);
      auto const why_not = missing(*store, text);
      EXPECT_TRUE(!why_not || *why_not == DocumentRefusal::not_found);
      EXPECT_TRUE(missing(*store, gone).has_value());
      byte = static_cast<char>(byte ^ 0x55);
    }
  }
}

TEST_F(DocumentStoreTest, FilesOfOtherNamesAreLeftAlone) {
  ASSERT_TRUE(disk_.create_folder("documents").has_value());
  for (auto const* const name : {"documents/notes.txt", "documents/abcd"}) {
    auto file = disk_.open(name);
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE((*file)->write(0, "mine").has_value());
  }
  auto const store = open(disk_);
  EXPECT_EQ(store->count(), 0u);
  EXPECT_TRUE(disk_.exists("documents/notes.txt"));
  EXPECT_TRUE(disk_.exists("documents/abcd"));
}

TEST_F(DocumentStoreTest, AnOwnerWhoHasAsMuchAsOneMayIsRefusedAndOthersAreNot) {
  auto const store = open(disk_, {.owner_bytes_max = 2 * DocumentStore::block_bytes});
  ASSERT_TRUE(store->put(document_by(alice_, "one")).has_value());
  ASSERT_TRUE(store->put(document_by(alice_, "two")).has_value());
  EXPECT_EQ(store->put(document_by(alice_, "three")).error(), DocumentRefusal::owner_full);
  EXPECT_TRUE(store->put(document_by(alice_, "one")).has_value()) << "it is there";
  EXPECT_TRUE(store->put(document_by(bob_, "three")).has_value());
  ASSERT_TRUE(store->erase(erasure(document_by(alice_, "two")), now).has_value());
  EXPECT_TRUE(store->put(document_by(alice_, "three")).has_value());
}

TEST_F(DocumentStoreTest, AllOwnersTogetherFillNoMoreThanTheOperatorGives) {
  auto const store = open(disk_, {.bytes_max = 2 * DocumentStore::block_bytes});
  ASSERT_TRUE(store->put(document_by(alice_, "one")).has_value());
  ASSERT_TRUE(store->put(document_by(bob_, "two")).has_value());
  EXPECT_EQ(store->put(document_by(Person{3}, "three")).error(), DocumentRefusal::node_full);
}

TEST_F(DocumentStoreTest, ALongTextCountsWithEveryBlockItTakes) {
  auto const store = open(disk_);
  auto const longest = document_by(alice_, std::string(protocol::limits::document_bytes_max, 'x'));
  ASSERT_TRUE(store->put(longest).has_value());
  EXPECT_EQ(missing(*store, longest), std::nullopt);
  EXPECT_EQ(store->bytes(), 17 * DocumentStore::block_bytes);
}

TEST_F(DocumentStoreTest, AFullDiskRefusesATextAndLeavesNothingOfIt) {
  auto const document = document_by(alice_, "What is to be done");
  for (std::size_t after = 0; after < 5; ++after) {
    SCOPED_TRACE(after);
    MemoryDisk disk;
    auto const store = open(disk);
    disk.fail(after, true);
    EXPECT_EQ(store->put(document).error(), DocumentRefusal::disk_full);
    EXPECT_EQ(store->count(), 0u);
    disk.heal();
    EXPECT_TRUE(store->put(document).has_value());
    EXPECT_EQ(missing(*store, document), std::nullopt);
  }
}

TEST_F(DocumentStoreTest, CopiesGoWhenTheirTimeIsOverAndOriginalsStay) {
  auto store = open(disk_);
  auto const copy = document_by(alice_, "copied");
  auto const original = document_by(alice_, "put");
  ASSERT_TRUE(store->keep_copy(copy, TimeMs{now.value() + 10}).has_value());
  ASSERT_TRUE(store->put(original).has_value());
  store = open(disk_);
  store->expire(TimeMs{now.value() + 9});
  EXPECT_EQ(missing(*store, copy), std::nullopt);
  store->expire(TimeMs{now.value() + 10});
  EXPECT_EQ(missing(*store, copy), DocumentRefusal::not_found);
  EXPECT_FALSE(disk_.exists(file_of(copy)));
  store->expire(TimeMs{now.value() + 1000 * day_ms});
  EXPECT_EQ(missing(*store, original), std::nullopt);
}

TEST_F(DocumentStoreTest, TheCopyThatWouldGoFirstMakesRoomForAnotherAndNoOriginalDoes) {
  auto const store = open(disk_, {.copies_bytes_max = 2 * DocumentStore::block_bytes});
  auto const original = document_by(alice_, "put");
  ASSERT_TRUE(store->put(original).has_value());
  auto const soon = document_by(alice_, "soon");
  auto const late = document_by(alice_, "late");
  auto const latest = document_by(alice_, "latest");
  ASSERT_TRUE(store->keep_copy(late, TimeMs{now.value() + 20}).has_value());
  ASSERT_TRUE(store->keep_copy(soon, TimeMs{now.value() + 10}).has_value());
  ASSERT_TRUE(store->keep_copy(latest, TimeMs{now.value() + 30}).has_value());
  EXPECT_EQ(missing(*store, soon), DocumentRefusal::not_found);
  EXPECT_EQ(missing(*store, late), std::nullopt);
  EXPECT_EQ(missing(*store, latest), std::nullopt);
  EXPECT_EQ(missing(*store, original), std::nullopt);
}

TEST_F(DocumentStoreTest, ACopyBecomesAnOriginalOnceItsOwnerPutsItHere) {
  auto store = open(disk_);
  auto const document = document_by(alice_, "text");
  ASSERT_TRUE(store->keep_copy(document, TimeMs{now.value() + 10}).has_value());
  ASSERT_TRUE(store->put(document).has_value());
  store = open(disk_);
  store->expire(TimeMs{now.value() + day_ms});
  EXPECT_EQ(missing(*store, document), std::nullopt);
  EXPECT_EQ(store->count(), 1u);
}

TEST_F(DocumentStoreTest, WhatWasErasedIsOverwrittenGoneAndNeverTakenAgainAlsoAfterAPowerCut) {
  auto store = open(disk_);
  auto const document = document_by(alice_, "a secret that somebody regrets");
  ASSERT_TRUE(store->put(document).has_value());
  auto const erased = store->erase(erasure(document), now);
  ASSERT_TRUE(erased.has_value());
  EXPECT_TRUE(erased->was_here);
  EXPECT_TRUE(erased->is_news);
  EXPECT_EQ(missing(*store, document), DocumentRefusal::erased);
  EXPECT_EQ(store->put(document).error(), DocumentRefusal::erased);
  EXPECT_EQ(store->keep_copy(document, TimeMs{now.value() + 10}).error(), DocumentRefusal::erased);
  EXPECT_EQ(store->bytes(), 0u);
  disk_.crash();
  for (auto const& path : disk_.paths()) {
    EXPECT_EQ(disk_.bytes(path).find("regrets"), std::string::npos) << path;
  }
  store = open(disk_);
  EXPECT_EQ(missing(*store, document), DocumentRefusal::erased);
  EXPECT_EQ(store->put(document).error(), DocumentRefusal::erased);
}

TEST_F(DocumentStoreTest, ErasingTwiceOrWhatIsNotHereIsNoFault) {
  auto const store = open(disk_);
  auto const document = document_by(alice_, "text");
  auto const before = disk_.operations();
  auto const unknown = store->erase(erasure(document), now);
  ASSERT_TRUE(unknown.has_value());
  EXPECT_FALSE(unknown->was_here);
  EXPECT_TRUE(unknown->is_news);
  auto const again = store->erase(erasure(document), now);
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(again->is_news);
  EXPECT_EQ(disk_.operations(), before) << "nobody makes a disk sync for what it does not have";
}

TEST_F(DocumentStoreTest, AFullDiskDoesNotKeepATextFromBeingErased) {
  auto const document = document_by(alice_, "text");
  auto const store = open(disk_);
  ASSERT_TRUE(store->put(document).has_value());
  // It opens, is asked for its size, overwritten, synced, removed and its name synced.
  disk_.fail(6, true);
  ASSERT_TRUE(store->erase(erasure(document), now).has_value());
  disk_.heal();
  EXPECT_FALSE(disk_.exists(file_of(document)));
}

TEST_F(DocumentStoreTest, ADiskThatFailsToEraseIsSaidSoAndTriedAgain) {
  auto const document = document_by(alice_, "text");
  auto store = open(disk_);
  ASSERT_TRUE(store->put(document).has_value());
  disk_.fail(0);
  EXPECT_EQ(store->erase(erasure(document), now).error(), DocumentRefusal::disk_failed);
  EXPECT_EQ(missing(*store, document), DocumentRefusal::erased) << "it is given to nobody";
  disk_.heal();
  auto const again = store->erase(erasure(document), now);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->was_here);
  EXPECT_FALSE(disk_.exists(file_of(document)));
  store = open(disk_);
  EXPECT_EQ(missing(*store, document), DocumentRefusal::erased);
}

TEST_F(DocumentStoreTest, ErasuresAreForgottenAfterTheirTimeAndBoundedForEachOwner) {
  auto const store = open(disk_);
  for (std::size_t i = 0; i < Erasures::per_owner_max; ++i) {
    auto const erased = store->erase(erasure(document_by(alice_, std::to_string(i))), now);
    ASSERT_TRUE(erased.has_value() && erased->is_news);
  }
  auto const one_more = store->erase(erasure(document_by(alice_, "one more")), now);
  ASSERT_TRUE(one_more.has_value());
  EXPECT_FALSE(one_more->is_news) << "a flood of them is told to nobody";
  auto const bobs = erasure_of(document_by(bob_, "his"), bob_, genesis_of_test());
  EXPECT_TRUE(store->erase(bobs, now)->is_news);
  EXPECT_EQ(store->erasures().newest(10).size(), 10u);
  store->expire(TimeMs{now.value() + Erasures::kept_ms});
  EXPECT_TRUE(store->erasures().newest(10).empty());
  EXPECT_TRUE(store->erase(erasure(document_by(alice_, "0")), now)->is_news);
}

}  // namespace
}  // namespace node
