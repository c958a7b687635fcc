# The mutants that are patches: for each a program whose other objects are those of the product and
# its tests, with the patched copies in their places. `devnet/build mutants` builds them all, into
# bin/mutants, with a table of what they are; `labor-sim --mutants` runs them.

include(${CMAKE_CURRENT_LIST_DIR}/read_patch.cmake)
set(apply_patch ${CMAKE_CURRENT_LIST_DIR}/apply_patch.cmake)
add_custom_target(mutants)
file(GLOB patches CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/patches/*.patch)
set(table "")
foreach(patch ${patches})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  read_patch(${patch})
  get_filename_component(name ${patch} NAME_WE)
  string(JOIN ", " where ${patch_files})
  string(APPEND table "${name}\t${where}\t${patch_program}\t${patch_seed}\t${patch_says}\n")
  if(NOT TARGET ${patch_program})
    continue()
  endif()

  set(copies ${patch_files})
  list(TRANSFORM copies PREPEND ${GENERATED}/mutants/${name}/)
  add_custom_command(OUTPUT ${copies}
    COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -D PATCH=${patch}
            -D INTO=${GENERATED}/mutants/${name} -P ${apply_patch}
    DEPENDS ${patch} ${patch_files} ${apply_patch} VERBATIM)
  add_executable(mutant-${name} EXCLUDE_FROM_ALL ${copies} $<TARGET_OBJECTS:${patch_program}>)
  get_target_property(needs ${patch_program} LINK_LIBRARIES)
  list(REMOVE_ITEM needs warnings)  # A fault may leave something unused.
  target_link_libraries(mutant-${name} PRIVATE ${needs})
  target_compile_options(mutant-${name} PRIVATE -O0 -g0)
  target_link_options(mutant-${name} PRIVATE -s)
  set_target_properties(mutant-${name} PROPERTIES OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/mutants)
  add_dependencies(mutants mutant-${name})
endforeach()
file(WRITE ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/mutants/table "${table}")
