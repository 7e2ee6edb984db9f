# One static library per folder of src/, linked only with the folders that src/layers.txt allows,
# and one test program per folder made of its *_test.cpp files.

# kabar_layer(NAME [LIBS lib...] [TEST_LIBS lib...])
# Takes every .cpp below the calling folder; *_test.cpp go to NAME_test.
function(kabar_layer NAME)
  cmake_parse_arguments(ARG "" "" "LIBS;TEST_LIBS" ${ARGN})
  file(STRINGS ${CMAKE_SOURCE_DIR}/src/layers.txt LINES REGEX "^${NAME}:")
  string(REGEX REPLACE "^${NAME}:[ ]*" "" DEPENDENCIES "${LINES}")
  string(REPLACE " " ";" DEPENDENCIES "${DEPENDENCIES}")
  list(TRANSFORM DEPENDENCIES PREPEND "kabar_")

  file(GLOB_RECURSE SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(TESTS ${SOURCES})
  list(FILTER SOURCES EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  list(FILTER TESTS INCLUDE REGEX "_test\\.cpp$")

  if(SOURCES)
    add_library(kabar_${NAME} STATIC ${SOURCES})
    target_include_directories(kabar_${NAME} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(kabar_${NAME} PUBLIC ${DEPENDENCIES} ${ARG_LIBS})
  else()
    add_library(kabar_${NAME} INTERFACE)
    target_include_directories(kabar_${NAME} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(kabar_${NAME} INTERFACE ${DEPENDENCIES} ${ARG_LIBS})
  endif()
  if(TESTS)
    add_executable(${NAME}_test ${TESTS})
    target_link_libraries(${NAME}_test PRIVATE kabar_${NAME} ${ARG_TEST_LIBS} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${NAME}_test PRIVATE KABAR_ROOT="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${NAME} COMMAND ${NAME}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()
