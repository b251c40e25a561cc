# Eigen's headers, wherever they are: the build requirement cmeel-eigen (a Python package) first, then the system.
# Defines the interface target eigen_headers. Its headers count as system headers, so their warnings are not ours.
find_program(PETERWEYL_PYTHON NAMES python3 python HINTS "${Python_ROOT_DIR}" "$ENV{VIRTUAL_ENV}")
if(DEFINED Python_EXECUTABLE)
  set(PETERWEYL_PYTHON "${Python_EXECUTABLE}")
endif()
set(_prefix "")
if(PETERWEYL_PYTHON)
  execute_process(
    COMMAND "${PETERWEYL_PYTHON}" -c
      "import importlib.util, pathlib; s = importlib.util.find_spec('cmeel'); print(pathlib.Path(s.origin).parents[1] / 'cmeel.prefix' if s else '')"
    OUTPUT_VARIABLE _prefix OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
find_path(EIGEN3_HEADERS Eigen/Dense HINTS "${_prefix}/include/eigen3" PATH_SUFFIXES eigen3)
if(NOT EIGEN3_HEADERS)
  message(FATAL_ERROR "Eigen's headers were not found: python -m pip install cmeel-eigen, or apt-get install libeigen3-dev")
endif()
add_library(eigen_headers INTERFACE)
target_include_directories(eigen_headers SYSTEM INTERFACE "${EIGEN3_HEADERS}")
