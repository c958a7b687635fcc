# cmake -D ROOT=sources -D PATCH=file -D INTO=folder -P apply_patch.cmake
# Writes the patched copy of each file that PATCH names below INTO. The sources stay as they are.

include(${CMAKE_CURRENT_LIST_DIR}/read_patch.cmake)
read_patch(${PATCH})
set(number 0)
foreach(file ${patch_files})
  file(READ ${ROOT}/${file} text)
  string(FIND "${text}" "${patch_old_${number}}" first)
  string(FIND "${text}" "${patch_old_${number}}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${PATCH}: what it replaces must stand in ${file} exactly once")
  endif()
  string(REPLACE "${patch_old_${number}}" "${patch_new_${number}}" text "${text}")
  file(WRITE ${INTO}/${file} "${text}")
  math(EXPR number "${number} + 1")
endforeach()
