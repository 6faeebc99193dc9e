"""Has the debugger hold a thread at the first line of the program's that it comes to, where a person asked for that of the next
one that starts. The debugger's own request for a step into the person's code, made before the thread runs."""
THREAD_INFO = "_pydevd_bundle.pydevd_additional_thread_info"
STEP_INTO_MY_CODE = 144
RUNS = 1


def hold_if_asked(thread):
    """Never raises: of another debugpy these parts may be others, and the start is told all the same."""
    request = os.path.join(Place.folder, "hold-next-thread")
    if not os_access(request, 0) or THREAD_INFO not in sys.modules:
        return
    try:
        os_unlink(request)  # of several threads one alone gets it away
        info = sys.modules[THREAD_INFO].set_additional_thread_info(thread)
        info.pydev_original_step_cmd = info.pydev_step_cmd = STEP_INTO_MY_CODE
        info.pydev_step_stop = None
        info.pydev_state = RUNS
        tell_monitoring()
    except OSError:
        pass
    except Exception as error:
        problem("hold", error)


def tell_monitoring():
    """From 1.8 on debugpy hears of lines by `sys.monitoring`, and of code that it does not need to look at no more."""
    part = sys.modules.get("_pydevd_sys_monitoring.pydevd_sys_monitoring")
    if part is None or sys.version_info < (3, 12) or sys.monitoring.get_tool(sys.monitoring.DEBUGGER_ID) is None:
        return
    part.update_monitor_events(True)
    part.restart_events()
