# A patch is a text that a person can read in one look:
#
#   One sentence: what the mutant does.
#   caught by: labor-sim                      (or a suite of tests; the program that must fail)
#   caught by: labor-sim from seed 39         (where few seeds show it: the first that is tried)
#   file: consensus/core/tally.cc
#   --- the product
#   <lines of the file, exactly as they are there, and there once>
#   --- the mutant
#   <what stands in their place>
#
# A fault that two guards forbid has a second `file:` with its own two parts.

# read_patch(PATH): sets patch_says, patch_program, patch_seed, patch_files, and of the N-th file
# patch_old_N and patch_new_N, all in the caller's scope.
function(read_patch path)
  file(READ ${path} text)
  set(form "^([^\n]+)\ncaught by: ([a-z_-]+)( from seed ([0-9]+))?\n(file: .*)$")
  if(NOT text MATCHES "${form}")
    message(FATAL_ERROR "${path} does not begin as a patch should: see read_patch.cmake")
  endif()
  set(patch_says "${CMAKE_MATCH_1}" PARENT_SCOPE)
  set(patch_program ${CMAKE_MATCH_2} PARENT_SCOPE)
  set(patch_seed 1 PARENT_SCOPE)
  if(CMAKE_MATCH_4)
    set(patch_seed ${CMAKE_MATCH_4} PARENT_SCOPE)
  endif()
  set(rest "${CMAKE_MATCH_5}")
  set(count 0)
  while(NOT rest STREQUAL "")
    foreach(mark "file: " "\n--- the product\n" "\n--- the mutant\n")
      string(FIND "${rest}" "${mark}" at)
      if(at EQUAL -1)
        message(FATAL_ERROR "${path} lacks '${mark}'")
      endif()
      string(SUBSTRING "${rest}" 0 ${at} before)
      string(LENGTH "${mark}" length)
      math(EXPR after "${at} + ${length}")
      string(SUBSTRING "${rest}" ${after} -1 rest)
      if(mark MATCHES "product")
        list(APPEND files ${before})
      elseif(mark MATCHES "mutant")
        set(patch_old_${count} "${before}" PARENT_SCOPE)
      endif()
    endforeach()
    string(FIND "${rest}" "\nfile: " at)
    if(at EQUAL -1)
      string(REGEX REPLACE "\n$" "" new "${rest}")
      set(rest "")
    else()
      string(SUBSTRING "${rest}" 0 ${at} new)
      math(EXPR after "${at} + 1")
      string(SUBSTRING "${rest}" ${after} -1 rest)
    endif()
    set(patch_new_${count} "${new}" PARENT_SCOPE)
    math(EXPR count "${count} + 1")
  endwhile()
  set(patch_files ${files} PARENT_SCOPE)
endfunction()
