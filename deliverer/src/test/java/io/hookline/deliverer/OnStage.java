package io.hookline.deliverer;

import io.hookline.testkit.junit.KafkaExtension;
import io.hookline.testkit.junit.KafkaSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with everything around a deliverer, made for each test and torn down behind it. */
@ExtendWith(KafkaExtension.class)
abstract class OnStage {
    Stage stage;

    @BeforeEach
    void setUp(KafkaSpace space) throws Exception {
        stage = new Stage(space);
    }

    @AfterEach
    void tearDown() throws Exception {
        stage.close();
    }
}
